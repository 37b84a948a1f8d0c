require("http").createServer((_, out) => out.end("orders\n")).listen(3000);
