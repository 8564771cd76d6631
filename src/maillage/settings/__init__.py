"""The settings of an installation: `base` reads the environment, `test` is for the tests."""
