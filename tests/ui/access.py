from tests.access import EVERYONE, Row

ACCESS = {"ui:gallery": Row(allowed=EVERYONE)}
