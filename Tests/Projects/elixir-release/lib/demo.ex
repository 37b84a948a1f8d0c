defmodule Demo do end
