"""Small scripts that measure the project beside what others reach; `make bench` runs them all."""
