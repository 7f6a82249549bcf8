import { Type, type Static } from 'typebox'
import { clock } from '../../schemas/platform/clock.ts'
import { isCut } from '../../schemas/platform/cut-letter.ts'
import { deadLetterIds, findDeadLetter, type StoredDeadLetter } from '../../store/operations/dead-letters.ts'
import { placeKey, redriveOnce, redrivesOf } from '../../store/operations/redrives.ts'
import { ProblemError, problems } from '../http/problem.ts'
import { filter, Name } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import { ChangedBy, ChangeReason } from '../http/versions.ts'
import type { ApiPorts } from '../ports.ts'

/** Letters that one request handles. */
const LETTERS_MAX = 1_000

const outcomes = ['send', 'redriven', 'same-record', 'cut', 'not-resendable', 'unknown-topic'] as const
type Outcome = (typeof outcomes)[number]

const Item = Type.Object({
  id: Type.String(),
  topic: Type.String(),
  partition: Type.Integer(),
  offset: Type.Integer(),
  outcome: Type.Unsafe<Outcome>({
    type: 'string',
    enum: [...outcomes],
    description:
      '`send`: its record is sent. Not sent: `redriven`: it was before; `same-record`: it is sent for another letter; `cut`: the letter keeps only its beginning; `not-resendable`: settings, ticks of the clock and records of the engine; `unknown-topic`: the platform has no such topic.',
  }),
})

const Answer = Type.Object({
  dryRun: Type.Boolean(),
  sent: Type.Integer({ description: 'Records that are sent, or would be.' }),
  more: Type.Boolean({ description: `Whether more letters match than the ${LETTERS_MAX} that a request handles.` }),
  items: Type.Array(Item),
})

const Body = Type.Object(
  {
    ids: Type.Optional(Type.Array(Name, { minItems: 1, maxItems: LETTERS_MAX })),
    processor: filter(),
    topic: filter('Name of the topic on the broker.'),
    code: filter(),
    dryRun: Type.Boolean({ description: 'true: only says what would happen.' }),
    changedBy: ChangedBy,
    reason: ChangeReason,
  },
  { additionalProperties: false },
)

/** Route that sends the records of dead letters to their topics again, each once. */
export function redriveRoute(server: Server, ports: ApiPorts): void {
  server.post(
    '/dead-letters/redrive',
    {
      config: { access: 'redrive-records' },
      schema: {
        tags: ['operations'],
        summary: 'Sends the records of dead letters to their topics again, each once; with `dryRun` it only says so',
        description:
          'Oldest first. Who sent a record again is recorded with the reason. Processors that had processed it drop it as a duplicate by its id.',
        body: Body,
        response: { 200: Answer, ...problems('invalid-request', 'forbidden-origin', 'unavailable') },
      },
    },
    ({ body }) => redrive(ports, body),
  )
}

async function redrive(
  ports: ApiPorts,
  { dryRun, changedBy: by, reason, ...asked }: Static<typeof Body>,
): Promise<Static<typeof Answer>> {
  if (Object.keys(asked).length === 0) {
    const problem = 'Choose letters by `ids`, `processor`, `topic` or `code`.'
    throw new ProblemError('invalid-request', problem, [{ part: 'body', path: '', problem }])
  }
  const ids = await deadLetterIds(ports.database, asked, LETTERS_MAX + 1)
  const items: Static<typeof Item>[] = []
  const seen = new Set<string>()
  for (const id of ids.slice(0, LETTERS_MAX)) {
    // One at a time: a record may have megabytes.
    const letter = await findDeadLetter(ports.database, id)
    if (letter === undefined) continue
    const { topic, partition, offset } = letter
    const obstacle = obstacleTo(ports, letter, seen)
    const isNew =
      obstacle === undefined &&
      (dryRun
        ? (await redrivesOf(ports.database, [letter])).size === 0
        : await redriveOnce(ports.database, letter, { by, reason }, () => ports.redrive(letter)))
    seen.add(placeKey(letter))
    items.push({ id, topic, partition, offset, outcome: obstacle ?? (isNew ? 'send' : 'redriven') })
  }
  const sent = items.filter(({ outcome }) => outcome === 'send').length
  return { dryRun, sent, more: ids.length > LETTERS_MAX, items }
}

/** Returns why a record can't be sent, apart from having been sent before. */
function obstacleTo(
  { topics, addressOf }: ApiPorts,
  letter: StoredDeadLetter,
  seen: ReadonlySet<string>,
): Exclude<Outcome, 'send' | 'redriven'> | undefined {
  const topic = topics.find((one) => addressOf(one) === letter.topic)
  if (topic === undefined) return 'unknown-topic'
  if (topic.role === 'global' || topic.role === 'system' || topic.name === clock.name) return 'not-resendable'
  if (isCut(letter)) return 'cut'
  return seen.has(placeKey(letter)) ? 'same-record' : undefined
}
