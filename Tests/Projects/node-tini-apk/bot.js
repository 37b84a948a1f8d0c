setInterval(() => {}, 1e6);
