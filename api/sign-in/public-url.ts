import type { FastifyRequest } from 'fastify'

/** The address under which browsers know this program, also behind a proxy that it believes; without a slash at its end. */
export const publicUrlOf = ({ protocol, host }: FastifyRequest): string => `${protocol}://${host}`
