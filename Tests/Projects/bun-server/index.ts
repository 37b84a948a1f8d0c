Bun.serve({ fetch: () => new Response("hit") });
