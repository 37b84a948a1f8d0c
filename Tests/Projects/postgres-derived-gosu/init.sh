psql -c 'create extension postgis'
