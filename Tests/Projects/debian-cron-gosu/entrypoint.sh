#!/bin/sh
exec gosu backup "$@"
