"""Tests of what helps to find out what went wrong."""
