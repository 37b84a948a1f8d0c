// SPDX-License-Identifier: Apache-2.0

// Memes-R-Us: one page that shows one meme, chosen by the database.
// In an image the settings come from the environment; a .env file is for development only.
require("dotenv").config({ quiet: true });

const path = require("node:path");
const express = require("express");
const { engine } = require("express-handlebars");
const memes = require("./db");

const port = Number.parseInt(process.env.PORT ?? "3000", 10);
const app = express();

app.engine("handlebars", engine());
app.set("view engine", "handlebars");
app.set("views", path.join(__dirname, "views"));
app.disable("x-powered-by");
app.use(express.static(path.join(__dirname, "assets"), { maxAge: "1h" }));

// Express 5 hands a rejected promise to the error handler below by itself.
app.get("/", async (request, response) => {
  const meme = await memes.pickOne();
  response.render("home", { title: "Memes-R-Us", greeting: "Fresh memes, shipped daily", meme });
});

// Says that the process answers, without asking the database: for orchestrators.
app.get("/healthz", (request, response) => {
  response.type("text/plain").send("ok\n");
});

app.use((request, response) => {
  response.status(404).render("problem", { title: "Not found", reason: "There is no such page here." });
});

// Four parameters mark an error handler, so `next` stays although nobody calls it.
app.use((error, request, response, next) => {
  console.error(error);
  response.status(503).render("problem", {
    title: "Out of memes",
    reason: "The meme store cannot be reached at the moment. Please try again soon.",
  });
});

const server = app.listen(port, () => {
  console.log(`Server is running on port ${port}`);
});

// As process 1 of a container, node stops on a signal only when it is told how.
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => {
    server.close(() => memes.close().finally(() => process.exit(0)));
    server.closeIdleConnections();
  });
}
