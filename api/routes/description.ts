import type { FastifyInstance } from 'fastify'

/** The description of the API, for those who may use it. */
export const documentRoutes = (app: FastifyInstance): void => {
  app.get('/api/openapi.json', {
    schema: { summary: 'This description (OpenAPI 3.1)' },
    handler: async () => app.swagger(),
  })
}
