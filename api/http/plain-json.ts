/**
 * For answers with hundreds of numbers by name: fastify's serialiser, which looks at each of them by its schema, takes
 * five times as long. The route sees to it that the answer holds what the schema says and nothing else.
 */
export const plainJson = (): ((answer: unknown) => string) => JSON.stringify
