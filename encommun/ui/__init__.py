"""The design system: components, tokens, elements, form rendering. All of it is shown at /ui/."""
