// SPDX-License-Identifier: Apache-2.0

// The memes live in PostgreSQL, in one table: memes(id, url). The pool reads PGHOST, PGPORT, PGUSER, PGPASSWORD and
// PGDATABASE from the environment by itself and connects when somebody asks for the first meme.
const { Pool } = require("pg");

const pool = new Pool({ max: 5, connectionTimeoutMillis: 3000 });

// Without a listener, a connection that breaks while it is idle would end the process.
pool.on("error", (error) => console.error("Lost an idle database connection:", error.message));

/** One meme, or the built-in picture while the table is empty. */
async function pickOne() {
  const { rows } = await pool.query("SELECT url FROM memes ORDER BY random() LIMIT 1");
  return rows[0] ?? { url: "/placeholder.svg" };
}

/** Waits for running queries and closes every connection. */
function close() {
  return pool.end();
}

module.exports = { pickOne, close };
