import { Type } from 'typebox'
import { identifier } from '../../schemas/avro/schema.ts'
import { ProblemError, problems } from '../http/problem.ts'
import { nullable } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import type { ApiPorts } from '../ports.ts'

const Test = Type.Object({
  channel: Type.String(),
  messageId: Type.String(),
  delivered: Type.Boolean(),
  status: nullable(Type.Integer(), 'Status code of HTTP or SMTP, if there was one.'),
  answer: Type.String({ description: 'The result in words.' }),
  said: nullable(Type.String(), 'The beginning of the receiver’s response.'),
  durationMs: Type.Integer(),
})

/** Route that sends a test message, to try a channel before anything depends on it. */
export function channelTestRoute(server: Server, { testChannel }: ApiPorts): void {
  server.post(
    '/channels/:name/test',
    {
      config: { access: 'send-messages' },
      schema: {
        tags: ['settings'],
        summary: 'Sends a test message to a channel immediately, and returns the receiver’s response',
        params: Type.Object({ name: Type.Unsafe<string>(Type.String(identifier.json)) }),
        response: { 200: Test, ...problems('invalid-request', 'forbidden-origin', 'not-found') },
      },
    },
    async ({ params: { name } }) => {
      const test = await testChannel(name)
      if (test === undefined)
        throw new ProblemError(
          'not-found',
          `There is no channel ${JSON.stringify(name)} in use. Add it with PUT /channels/{name}.`,
        )
      return { ...test }
    },
  )
}
