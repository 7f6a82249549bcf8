import fc from 'fast-check'
import { checkEvent } from '../../schemas/check-event.ts'
import type { Envelope, Schema } from '../../schemas/avro/schema.ts'
import type { Topic } from '../../schemas/topic.ts'
import { arbitraryValue } from './arbitrary-value.ts'

const SAMPLES = 60

/**
 * Returns an event that its topic accepts, with arbitrary values wherever its rules leave room. `fixed` fields are
 * kept.
 */
export function validEvent(topic: Topic, seed: number, fixed: Readonly<Record<string, unknown>>): Envelope {
  const fields = Object.entries(topic.schema.fields)
  let event = Object.fromEntries(fields.map(([name, schema]) => [name, name in fixed ? fixed[name] : plain(schema)]))
  const isValid = (candidate: Record<string, unknown>) => {
    try {
      const envelope = candidate as unknown as Envelope
      checkEvent(topic, envelope, { key: topic.keyOf(envelope), writtenAt: envelope.occurredAt })
      return true
    } catch {
      return false
    }
  }
  if (!isValid(event)) throw new Error(`No plain event of ${topic.name}: ${JSON.stringify(event)}`)
  for (const [name, schema] of fields) {
    if (name in fixed) continue
    const values = fc.sample(arbitraryValue(schema, { finite: topic.role === 'input' }), { seed, numRuns: SAMPLES })
    const value = values.find((one) => isValid({ ...event, [name]: one }))
    if (value !== undefined) event = { ...event, [name]: value }
  }
  return event as unknown as Envelope
}

/** Returns a value that most rules accept. */
function plain({ shape, fallback, json }: Schema<unknown>): unknown {
  if (fallback !== undefined) return fallback.value
  const names = json?.['enum'] as readonly string[] | undefined
  if (names !== undefined) return names[0]
  switch (shape.kind) {
    case 'string':
      return 'x'
    case 'boolean':
      return true
    case 'bytes':
      return Buffer.from('x')
    case 'enum':
      return shape.symbols[0]
    case 'nullable':
      return null
    case 'array':
      return []
    case 'map':
      return {}
    case 'record':
      return Object.fromEntries(Object.entries(shape.fields).map(([name, field]) => [name, plain(field)]))
    default:
      return 1
  }
}
