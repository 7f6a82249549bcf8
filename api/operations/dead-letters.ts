import { Type } from 'typebox'
import { DeadLetter as LetterRecord } from '../../schemas/platform/platform.ts'
import { listDeadLetters, type StoredDeadLetter } from '../../store/operations/dead-letters.ts'
import { responseFields } from '../http/response-fields.ts'
import { newestFirst } from '../http/cursor.ts'
import { listRoutes } from '../http/list-routes.ts'
import type { ApiPorts } from '../ports.ts'
import { filter, nullable } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'

const DeadLetter = Type.Object({
  ...responseFields(LetterRecord, ['source']),
  key: nullable(Type.String(), 'The key in base64.'),
  value: nullable(
    Type.String(),
    'The first kilobyte of the value in base64; `scoreline dead-letters list` shows all of it.',
  ),
  valueBytes: nullable(Type.Integer(), 'Length of the value in bytes.'),
})

/** Bytes of a value in the answer; a value may have several megabytes. */
const SHOWN_BYTES = 1_024

/** Route that lists the records that processors could not process, with the cause (spec P4). */
export function deadLettersRoute(server: Server, { database }: ApiPorts): void {
  listRoutes(server, database, {
    path: '/dead-letters',
    access: 'operate',
    tag: 'operations',
    summary: 'Records that processors could not process, with the cause, newest first',
    filters: { processor: filter(), topic: filter(), code: filter() },
    item: DeadLetter,
    cursor: newestFirst(({ id }: StoredDeadLetter) => id),
    load: listDeadLetters,
    toItems: (_reader, rows) =>
      rows.map(({ key, value, occurredAt, ...rest }) => ({
        ...rest,
        key: key?.toString('base64') ?? null,
        value: value?.subarray(0, SHOWN_BYTES).toString('base64') ?? null,
        valueBytes: value?.length ?? null,
        occurredAt: occurredAt.toISOString(),
      })),
  })
}
