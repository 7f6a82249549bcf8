import { Type } from 'typebox'
import { toJson } from '../../schemas/json/json-event.ts'
import { compileMapping, MappingError, type Mapping } from '../../webhooks/mapping/compile-mapping.ts'
import { openTopicsOf } from '../events/open-topics.ts'
import { invalidBody, problems } from '../http/problem.ts'
import { nullable, Text } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import type { ApiPorts } from '../ports.ts'
import { mapBody, mapPayload } from './map-payload.ts'
import { SourceParams } from './receive.ts'
import type { WebhookSources } from './webhook-sources.ts'

const Problems = Type.Array(
  Type.Object({
    index: nullable(Type.Integer(), 'Index of the event in the result of the mapping; null: the payload as a whole.'),
    topic: nullable(Type.String()),
    path: Type.String({ description: 'JSON Pointer to the value in the event.' }),
    problem: Type.String(),
  }),
)

const Preview = Type.Object({
  events: Type.Array(
    Type.Object({ topic: Type.String(), key: Type.String(), event: Type.Record(Type.String(), Type.Unknown()) }),
  ),
  problems: Problems,
})

const Sample = Type.Object(
  {
    payload: Type.Unknown({
      description: 'A sample: JSON, or the body as text if `contentType` is given, such as that of a form.',
    }),
    contentType: Type.Optional(Type.String({ ...Text, maxLength: 200 })),
    mapping: Type.Optional(
      Type.String({ maxLength: 65_536, description: 'Mapping to try; default: that of the source.' }),
    ),
  },
  { additionalProperties: false },
)

/** Route that tries a mapping on a sample. It publishes nothing. */
export function previewRoute(server: Server, { topics, registry }: ApiPorts, sources: WebhookSources): void {
  server.post(
    '/webhooks/:source/preview',
    {
      config: { access: 'read-settings' },
      schema: {
        tags: ['settings'],
        summary: 'Maps a sample payload and returns the events and what is wrong with them; publishes nothing',
        params: SourceParams,
        body: Sample,
        response: { 200: Preview, ...problems('invalid-request', 'forbidden-origin', 'not-found') },
      },
    },
    async ({ params: { source }, body: { payload, contentType, mapping } }) => {
      const context = {
        ...{ topics: openTopicsOf(topics), registry, source, deliveryId: 'preview', now: Date.now() },
        mapping: mapping === undefined ? (await sources.newest(source)).mapping : compiled(mapping),
      }
      if (contentType !== undefined && typeof payload !== 'string')
        throw invalidBody('With `contentType`, the payload is the body as text.', '/payload')
      const { events, problems } =
        contentType === undefined
          ? await mapPayload(payload, context)
          : await mapBody(contentType, Buffer.from(payload as string), context)
      return {
        events: events.map(({ topic, event }) => ({
          topic: topic.name,
          key: topic.keyOf(event),
          event: toJson(topic, event),
        })),
        problems: [...problems],
      }
    },
  )
}

function compiled(text: string): Mapping {
  try {
    return compileMapping(text)
  } catch (error) {
    if (error instanceof MappingError) throw invalidBody(error.message, '/mapping')
    throw error
  }
}
