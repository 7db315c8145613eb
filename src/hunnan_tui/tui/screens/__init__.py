"""The screens; every modal returns a value and changes nothing itself."""
