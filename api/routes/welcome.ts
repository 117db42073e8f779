import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { ApiDependencies } from '../dependencies.ts'

const Welcome = z.strictObject({
  log: z.strictObject({ kind: z.enum(['production', 'sandbox']), name: z.string() }),
  provider: z.string().optional().describe('Host of the identity provider through which one may sign in'),
  demonstration: z
    .array(z.strictObject({ login: z.string(), name: z.string(), role: z.string(), password: z.string() }))
    .optional()
    .describe('Users that everybody may be; only of a log that was filled with the demonstration'),
})

/** What the first page says before anybody signs in: whether anything counts here, and who one may be. */
export const welcomeRoute = (
  app: FastifyInstance,
  { log, demonstration, provider }: ApiDependencies,
): void => {
  app.get('/api/welcome', {
    config: { open: true },
    schema: { response: { 200: Welcome }, summary: 'What the page of sign-in says' },
    handler: async () => ({
      log,
      ...(provider && { provider: new URL(provider.settings.issuer).host }),
      // Passwords that everybody knows are told of a sandbox alone, whoever set them up.
      ...(log.kind === 'sandbox' && demonstration && { demonstration }),
    }),
  })
}
