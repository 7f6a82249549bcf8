import { Type } from 'typebox'
import { codecOf } from '../../schemas/avro/codec.ts'
import { EventError } from '../../schemas/event-error.ts'
import { toJson } from '../../schemas/json/json-event.ts'
import { DeadLetter as LetterRecord } from '../../schemas/platform/platform.ts'
import { findDeadLetter, listDeadLetters, type StoredDeadLetter } from '../../store/operations/dead-letters.ts'
import { placeKey, redrivesOf, type Redrive } from '../../store/operations/redrives.ts'
import type { Reader } from '../../store/database.ts'
import { seesCustomers, type Principal } from '../access/principal.ts'
import { responseFields } from '../http/response-fields.ts'
import { newestFirst } from '../http/cursor.ts'
import { listRoutes } from '../http/list-routes.ts'
import { plainJson } from '../http/plain-json.ts'
import { ProblemError, problems } from '../http/problem.ts'
import type { ApiPorts } from '../ports.ts'
import { filter, Name, nullable, Time } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'

const HIDDEN = 'null also for those without the right `read-customers`.'

const DeadLetter = Type.Object({
  ...responseFields(LetterRecord, ['source']),
  key: nullable(Type.String(), `The key in base64; ${HIDDEN}`),
  value: nullable(
    Type.String(),
    `The first kilobyte of the value in base64; \`scoreline dead-letters list\` shows all of it; ${HIDDEN}`,
  ),
  valueBytes: nullable(Type.Integer(), 'Length of the value in bytes.'),
  redrivenBy: nullable(Type.String(), 'Who sent the record to its topic again; null if it was not sent.'),
  redrivenAt: nullable(Time),
  redriveReason: nullable(Type.String()),
})

const Detail = Type.Object({
  ...DeadLetter.properties,
  payloadHidden: Type.Boolean({
    description: 'Whether key and value are left out, without the right `read-customers`.',
  }),
  payload: Type.Unsafe<object | null>({
    type: ['object', 'null'],
    description: 'The value as JSON; null if it can’t be decoded or is left out.',
  }),
  undecodable: nullable(Type.String(), 'Why the value can’t be decoded.'),
})

/** Bytes of a value in the answer; a value may have several megabytes. */
const SHOWN_BYTES = 1_024

/** Routes that show the records that processors could not process, with the cause (spec P4). */
export function deadLettersRoute(server: Server, ports: ApiPorts): void {
  const { database } = ports
  listRoutes(server, database, {
    path: '/dead-letters',
    access: 'operate',
    tag: 'operations',
    summary: 'Records that processors could not process, with the cause, newest first',
    filters: { processor: filter(), topic: filter(), code: filter() },
    item: DeadLetter,
    cursor: newestFirst(({ id }: StoredDeadLetter) => id),
    load: listDeadLetters,
    toItems: (reader, rows, _filter, principal) => lettersJson(reader, rows, principal),
  })
  server.get(
    '/dead-letters/:id',
    {
      config: { access: 'operate' },
      serializerCompiler: plainJson,
      schema: {
        tags: ['operations'],
        summary: 'A dead letter with its record as JSON',
        params: Type.Object({ id: Name }),
        response: { 200: Detail, ...problems('not-found') },
      },
    },
    async ({ params: { id }, principal }) => {
      const letter = await findDeadLetter(database, id)
      if (letter === undefined) throw new ProblemError('not-found', `There is no dead letter ${JSON.stringify(id)}.`)
      const [shown] = await lettersJson(database, [letter], principal)
      const payloadHidden = !seesCustomers(principal)
      const decoded = payloadHidden ? { payload: null, undecodable: null } : payloadOf(ports, letter)
      return { ...shown!, payloadHidden, ...decoded }
    },
  )
}

async function lettersJson(reader: Reader, letters: readonly StoredDeadLetter[], principal: Principal | undefined) {
  const redrives = await redrivesOf(reader, letters)
  const hidden = !seesCustomers(principal)
  return letters.map(({ key, value, occurredAt, ...rest }) => ({
    ...rest,
    key: hidden ? null : (key?.toString('base64') ?? null),
    value: hidden ? null : (value?.subarray(0, SHOWN_BYTES).toString('base64') ?? null),
    valueBytes: value?.length ?? null,
    occurredAt: occurredAt.toISOString(),
    ...redriveJson(redrives.get(placeKey(rest))),
  }))
}

function redriveJson(redrive: Redrive | undefined) {
  return {
    redrivenBy: redrive?.by ?? null,
    redrivenAt: redrive?.at.toISOString() ?? null,
    redriveReason: redrive?.reason ?? null,
  }
}

function payloadOf({ topics, addressOf, registry }: ApiPorts, { topic: address, value }: StoredDeadLetter) {
  const topic = topics.find((one) => addressOf(one) === address)
  if (topic === undefined) return { payload: null, undecodable: `The platform has no topic ${address}.` }
  if (value === null) return { payload: null, undecodable: 'The record has no value.' }
  try {
    return { payload: toJson(topic, codecOf(topic, registry).decode(value, 0, value.length)), undecodable: null }
  } catch (error) {
    if (error instanceof EventError) return { payload: null, undecodable: error.message }
    throw error
  }
}
