"""Who may reach the addresses of money."""

from tests.access import EVERYONE, Row
from tests.registration.access import KEEPERS, booked, booking_link, elsewhere, of_event

ACCESS = {
    "payment:pay": Row(allowed=("owner", *KEEPERS), kwargs=booked, link=booking_link, foreign=elsewhere),
    "payment:returned": Row(allowed=("owner", *KEEPERS), kwargs=booked, link=booking_link, foreign=elsewhere),
    "payment:receive": Row(allowed=KEEPERS, kwargs=booked, foreign=elsewhere),
    "payment:refunded": Row(allowed=KEEPERS, kwargs=booked, method="POST", foreign=elsewhere),
    "payment:account": Row(allowed=KEEPERS, kwargs=of_event),
    "provider:card": Row(allowed=EVERYONE, method="POST"),
}
