export const port: number = Number(process.env.PORT ?? 8080);
