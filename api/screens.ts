import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/**
 * The screens as they were built: files whose names carry their digest, kept by browsers for ever, and one page that
 * loads them, made for each answer with a nonce of its own: the component library writes style tags.
 */

const NONCE_BYTES = 16
/** Where the page holds its nonce until it is sent. */
const PLACE_OF_NONCE = '__NONCE__'

/** What no screen answers: of the API and of files, what is unknown stays a problem. */
const OTHERS = /^\/(?:api|assets)(?:\/|$)/

/**
 * Serves the folder of a build: files under /assets/, and at every other address the page, which says itself where there
 * is no such screen.
 */
export const serveScreens = (app: FastifyInstance, folder: string): void => {
  const page = readFileSync(join(folder, 'index.html'), 'utf8')
  app.register(fastifyStatic, {
    root: join(folder, 'assets'),
    prefix: '/assets/',
    index: false,
    decorateReply: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders: reply => {
      reply.header('Cache-Control', 'public, max-age=31536000, immutable')
    },
  })
  const answer = async ({ url }: FastifyRequest, reply: FastifyReply): Promise<string | undefined> => {
    if (OTHERS.test(url)) return void reply.callNotFound()
    const nonce = randomBytes(NONCE_BYTES).toString('base64')
    reply.header('Content-Security-Policy', withNonce(reply, nonce))
    reply.type('text/html; charset=utf-8')
    // A string that is sent as it is: the serializer of the API writes JSON.
    reply.serializer(String)
    return page.replaceAll(PLACE_OF_NONCE, nonce)
  }
  for (const url of ['/', '/*']) app.get(url, { schema: { hide: true }, handler: answer })
}

const withNonce = (reply: FastifyReply, nonce: string): string =>
  String(reply.getHeader('Content-Security-Policy')).replace(
    "style-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
  )
