import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { ApiDependencies } from '../dependencies.ts'

const Welcome = z.strictObject({
  log: z.strictObject({ kind: z.enum(['production', 'sandbox']), name: z.string() }),
  demonstration: z
    .array(z.strictObject({ login: z.string(), name: z.string(), role: z.string(), password: z.string() }))
    .optional()
    .describe('Users that everybody may be; only of a log that was filled with the demonstration'),
})

/** What the first page says before anybody signs in: whether anything counts here, and who one may be. */
export const welcomeRoute = (app: FastifyInstance, { log, demonstration }: ApiDependencies): void => {
  app.get('/api/welcome', {
    config: { open: true },
    schema: { response: { 200: Welcome }, summary: 'What the page of sign-in says' },
    handler: async () => ({
      log,
      // Passwords that everybody knows are told of a sandbox alone, whoever set them up.
      ...(log.kind === 'sandbox' && demonstration && { demonstration }),
    }),
  })
}
