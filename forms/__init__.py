"""The questionnaire: how a form is laid out, and how it is read again."""
