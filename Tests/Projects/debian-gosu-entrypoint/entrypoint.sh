#!/bin/sh
exec gosu queue "$@"
