import { Type, type TSchema } from 'typebox'
import {
  Characteristic as CharacteristicRecord,
  dictionaries,
  Need as NeedRecord,
  stages,
  type Dictionary as WholeDictionary,
} from '../schemas/dictionary.ts'
import { fromJson } from '../schemas/json-event.ts'
import { identifier, type RecordSchema } from '../schemas/schema.ts'
import {
  dictionaryAt,
  dictionaryChanges,
  EntryRefusedError,
  entryVersions,
  setEntry,
  type Entries,
  type EntryKind,
} from '../store/dictionary.ts'
import { eventSchema } from './event-schema.ts'
import type { ApiPorts } from './ports.ts'
import { ProblemError, problems } from './problem.ts'
import { nullable, Time } from './schema-parts.ts'
import type { Server } from './server.ts'
import { ChangedBy, edit, entityTag, IfMatch, seenVersion } from './versions.ts'

const retired = Type.Boolean({
  description: 'A retired entry is used no more, from the next event on; set it to false and it is back.',
})
const needFields = {
  name: Type.String(),
  category: Type.String({ description: 'By the interests of contact persons.' }),
  fieldOfActivity: nullable(Type.String(), 'Only of organisations of this field; null: of all.'),
  segment: nullable(Type.String(), 'Only of organisations of this segment; null: of all.'),
  retired,
}
const characteristicFields = {
  name: Type.String(),
  description: Type.String(),
  product: nullable(Type.String(), 'null: of all products.'),
  needs: Type.Array(Type.String(), { maxItems: 100, description: 'Ids of the needs that it answers.' }),
  advice: Type.Record(Type.String(), Type.String(), {
    description: `What to say, by the stage of the funnel: ${stages.join(', ')}.`,
  }),
  retired,
}
const Need = Type.Object({ id: Type.String(), ...needFields })
const Characteristic = Type.Object({ id: Type.String(), ...characteristicFields })

const changed = {
  version: Type.Integer({ description: 'Of the dictionary, since which the entry stands so; 0: as delivered.' }),
  changedBy: nullable(Type.String()),
  changedAt: nullable(Time),
}

/** Narrower than other names in a path: what is put under it becomes an entry. */
const EntryId = Type.String(identifier.json)

/** The fields of the entry as the topic that carries it defines them, but for the id, which stands in the path. */
function changeOf(record: RecordSchema<unknown>, more: Readonly<Record<string, TSchema>> = {}) {
  const fields = Object.fromEntries(Object.entries(record.fields).filter(([name]) => name !== 'id'))
  const schema = eventSchema({ ...record, fields })
  return Type.Unsafe<{ readonly changedBy: string }>({
    ...schema,
    required: [...schema.required, 'changedBy'],
    properties: { ...schema.properties, ...more, changedBy: ChangedBy },
  } as TSchema)
}

const resources = {
  need: {
    path: '/needs',
    words: 'need',
    entry: Need,
    change: changeOf(NeedRecord),
    of: (dictionary: WholeDictionary) => dictionary.needs,
  },
  characteristic: {
    path: '/characteristics',
    words: 'characteristic',
    entry: Characteristic,
    change: changeOf(CharacteristicRecord, { needs: Type.Array(EntryId, { maxItems: 100, default: [] }) }),
    of: (dictionary: WholeDictionary) => dictionary.characteristics,
  },
} as const

/** The catalogues of needs and of characteristics: every change is on record and reaches the processors without a restart (spec R1, R5). */
export function dictionaryRoutes(server: Server, ports: ApiPorts): void {
  const { database, delivered } = ports
  server.get(
    '/dictionary',
    {
      schema: {
        tags: ['settings'],
        summary: 'Needs and characteristics as they stand, or as they stood at a version',
        querystring: Type.Object(
          { version: Type.Optional(Type.Integer({ minimum: 0, maximum: 2 ** 31 - 1, description: 'Not given: the newest.' })) },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({ version: changed.version, needs: Type.Array(Need), characteristics: Type.Array(Characteristic) }),
          ...problems('invalid-request'),
        },
      },
    },
    async ({ query: { version: asked } }) => {
      const { version, needs, characteristics } = await dictionaryAt(database, delivered.dictionary, asked)
      return { version, needs: [...needs], characteristics: characteristics.map((one) => ({ ...one, needs: [...one.needs] })) }
    },
  )
  server.get(
    '/dictionary/changes',
    {
      schema: {
        tags: ['settings'],
        summary: 'Who changed which entry of the dictionary, newest first',
        response: {
          200: Type.Object({
            items: Type.Array(
              Type.Object({
                version: Type.Integer(),
                kind: Type.String({ description: 'need or characteristic' }),
                entryId: Type.String(),
                changedBy: Type.String(),
                changedAt: Time,
              }),
            ),
          }),
        },
      },
    },
    async () => {
      const changes = await dictionaryChanges(database)
      return { items: changes.map(({ changedAt, ...rest }) => ({ ...rest, changedAt: changedAt.toISOString() })) }
    },
  )
  entryRoutes(server, ports, 'need')
  entryRoutes(server, ports, 'characteristic')
}

function entryRoutes(server: Server, ports: ApiPorts, kind: EntryKind): void {
  const { database, delivered } = ports
  const { path, words, entry: Entry, change: Change, of } = resources[kind]
  const params = Type.Object({ id: EntryId })
  const Version = Type.Object({ ...Entry.properties, ...changed })

  server.get(
    path,
    {
      schema: {
        tags: ['settings'],
        summary: `Every ${words} as it stands, retired ones too`,
        response: { 200: Type.Object({ version: changed.version, items: Type.Array(Entry) }) },
      },
    },
    async () => {
      const dictionary = await dictionaryAt(database, delivered.dictionary)
      return { version: dictionary.version, items: of(dictionary) as never }
    },
  )
  server.get(
    `${path}/:id`,
    {
      schema: {
        tags: ['settings'],
        summary: `A ${words}, with its history; the ETag is its version`,
        params,
        response: { 200: Type.Object({ ...Version.properties, history: Type.Array(Version) }), ...problems('not-found') },
      },
    },
    async ({ params: { id } }, reply) => {
      const history = (await entryVersions(database, kind, id)).map(versionJson)
      const asDelivered = of(delivered.dictionary).find((one) => one.id === id)
      const newest = history[0] ?? (asDelivered && { ...asDelivered, version: 0, changedBy: null, changedAt: null })
      if (newest === undefined) throw new ProblemError('not-found', `There is no ${words} ${JSON.stringify(id)}.`)
      return reply.header('etag', entityTag(newest.version)).send({ ...newest, history } as never)
    },
  )
  server.put(
    `${path}/:id`,
    {
      schema: {
        tags: ['settings'],
        summary: `Adds a ${words} or changes it; If-Match carries the version that you have seen ("0" for a new one)`,
        params,
        headers: IfMatch,
        body: Change,
        response: {
          200: Version,
          ...problems('invalid-request', 'forbidden-origin', 'conflict', 'version-required'),
        },
      },
    },
    async ({ params: { id }, headers, body }, reply) => {
      const expectedVersion = seenVersion(headers['if-match'])
      const { changedBy: editor, ...fields } = body
      const entry = checkedEntry(kind, { id, ...fields })
      const set = await edit(() =>
        refusable(() => setEntry(database, delivered.dictionary, { kind, entry, changedBy: editor, expectedVersion })),
      )
      return reply.header('etag', entityTag(set.version)).send(versionJson(set) as never)
    },
  )
  server.delete(
    `${path}/:id`,
    {
      schema: {
        tags: ['settings'],
        summary: `Retires a ${words}: it stays on record and is used no more; If-Match carries the version that you have seen`,
        params,
        headers: IfMatch,
        querystring: Type.Object({ changedBy: ChangedBy }, { additionalProperties: false }),
        response: {
          200: Version,
          ...problems('invalid-request', 'forbidden-origin', 'not-found', 'conflict', 'version-required'),
        },
      },
    },
    async ({ params: { id }, headers, query }, reply) => {
      const set = await retire(ports, kind, id, query.changedBy, seenVersion(headers['if-match']))
      return reply.header('etag', entityTag(set.version)).send(versionJson(set) as never)
    },
  )
}

/** Sets `retired`, and nothing else, of an entry as it stands. */
async function retire({ database, delivered }: ApiPorts, kind: EntryKind, id: string, editor: string, expectedVersion: number) {
  const held =
    (await entryVersions(database, kind, id))[0]?.entry ?? resources[kind].of(delivered.dictionary).find((one) => one.id === id)
  if (held === undefined) throw new ProblemError('not-found', `There is no ${resources[kind].words} ${JSON.stringify(id)}.`)
  const entry = { ...held, retired: true }
  return edit(() =>
    refusable(() => setEntry(database, delivered.dictionary, { kind, entry, changedBy: editor, expectedVersion })),
  )
}

/** The definition of the topic that carries the dictionary to the processors checks the entry here too. */
function checkedEntry(kind: EntryKind, entry: object): Entries[EntryKind] {
  const list = kind === 'need' ? 'needs' : 'characteristics'
  const event = { id: 'edit', occurredAt: 0, source: 'api', name: 'edit', version: 1, [list]: [entry], changedBy: 'edit' }
  const converted = fromJson(dictionaries, event)
  if (converted.ok) return converted.value[list][0]!
  const parts = converted.problems.map(({ path, problem }) => ({
    part: path === `/${list}/0/id` ? 'path' : 'body',
    path: path.slice(`/${list}/0`.length),
    problem,
  }))
  throw new ProblemError('invalid-request', 'The entry is not as it must be.', parts)
}

async function refusable<Result>(change: () => Promise<Result>): Promise<Result> {
  try {
    return await change()
  } catch (error) {
    if (!(error instanceof EntryRefusedError)) throw error
    throw new ProblemError('invalid-request', error.message, [{ part: 'body', path: '', problem: error.message }])
  }
}

function versionJson({ entry, changedAt, version, changedBy: by }: Awaited<ReturnType<typeof entryVersions>>[number]) {
  return { ...entry, version, changedBy: by, changedAt: changedAt.toISOString() }
}
