import { Type, type Static } from 'typebox'
import { responseFields } from '../../../api/http/response-fields.ts'
import {
  array,
  boolean,
  documented,
  double,
  enumeration,
  event,
  int,
  map,
  nullable,
  record,
  string,
  timestamp,
} from '../../../schemas/avro/schema.ts'

const Line = record('Line', 'A line.', { text: string, share: nullable(documented('0 to 1.', double)) })
const Call = event('Call', '', {
  mood: enumeration('Mood', ['calm', 'angry']),
  turns: documented('How many.', int),
  open: boolean,
  endedAt: documented('null: it goes on.', nullable(timestamp)),
  lines: documented('In order.', array(Line)),
  context: map(double),
})

test('fields keep name, type and description; a time is text, a symbol any text', () => {
  const answer = Type.Object(responseFields(Call, ['id', 'source']))
  expect(JSON.parse(JSON.stringify(answer))).toEqual({
    type: 'object',
    required: ['occurredAt', 'mood', 'turns', 'open', 'endedAt', 'lines', 'context'],
    properties: {
      occurredAt: { type: 'string', format: 'date-time', description: 'Event time. ISO 8601, UTC.' },
      mood: { type: 'string' },
      turns: { type: 'integer', description: 'How many.' },
      open: { type: 'boolean' },
      endedAt: { type: ['string', 'null'], format: 'date-time', description: 'null: it goes on. ISO 8601, UTC.' },
      lines: {
        type: 'array',
        description: 'In order.',
        items: {
          type: 'object',
          description: 'A line.',
          required: ['text', 'share'],
          properties: { text: { type: 'string' }, share: { type: ['number', 'null'], description: '0 to 1.' } },
        },
      },
      context: { type: 'object', patternProperties: { '^.*$': { type: 'number' } } },
    },
  })
  const typed: Static<typeof answer> = {
    occurredAt: '2026-01-01T00:00:00.000Z',
    mood: 'of a newer version',
    turns: 1,
    open: true,
    endedAt: null,
    lines: [{ text: 'a', share: null }],
    context: { a: 1 },
  }
  // @ts-expect-error a time is text in answers
  const wrong: Static<typeof answer> = { ...typed, occurredAt: 1 }
  expect(wrong.occurredAt).toBe(1)
})
