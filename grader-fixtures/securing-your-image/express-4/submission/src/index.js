// SPDX-License-Identifier: Apache-2.0

const express = require("express");

const app = express();
app.get("/", (request, response) => response.send("No memes today\n"));
app.listen(3000, () => console.log("Server is running on port 3000"));
