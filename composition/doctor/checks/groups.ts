import { processors } from '../../../subjects/subjects.ts'
import { inputsOf } from '../../../streams/input/inputs-of.ts'
import { namingOf } from '../../kafka.ts'
import { ok, warning, type Check, type Examined, type Finding } from '../check.ts'

/** A processor's consumer group: its members, and the records that it has not committed. */
export interface GroupState {
  readonly group: string
  readonly members: number
  readonly lag: number
}

/** Some minutes of work for one task. */
const LAG_MAX = 100_000

export const groups: Check = {
  name: 'groups',
  needs: 'brokers',
  async run(examined) {
    return groupFindings(await groupStates(examined))
  },
}

async function groupStates({ config, kafka }: Examined): Promise<GroupState[]> {
  const naming = namingOf(config)
  const found = await kafka().groups(processors.map((processor) => naming.group(processor)))
  const topics = await kafka().topics([
    ...new Set(processors.flatMap((processor) => inputsOf(processor).map((topic) => naming.topic(topic)))),
  ])
  const existing = new Set(topics.filter(({ exists }) => exists).map(({ name }) => name))
  return Promise.all(
    processors.map(async (processor, index) => {
      const inputs = inputsOf(processor).map((topic) => naming.topic(topic))
      const partitions = await kafka().lag(
        naming.group(processor),
        inputs.filter((name) => existing.has(name)),
      )
      const lag = partitions.reduce((sum, one) => sum + one.lag, 0)
      return { group: naming.group(processor), members: found[index]!.members, lag }
    }),
  )
}

export function groupFindings(states: readonly GroupState[]): Finding[] {
  const idle = states.filter(({ members }) => members === 0)
  if (idle.length === states.length)
    return [warning('No process runs the processors.', 'Start `scoreline processors` or `scoreline up`.')]
  const findings = [
    ...idle.map(({ group, lag }) =>
      warning(`${group} has no member and ${lag} records to read.`, 'Start `scoreline processors`, and see /ready.'),
    ),
    ...states
      .filter(({ members, lag }) => members > 0 && lag > LAG_MAX)
      .map(({ group, lag }) =>
        warning(
          `${group} has ${lag} records to read.`,
          'If it does not shrink, start more processes (docs/scaling.md).',
        ),
      ),
  ]
  const most = states.reduce((worst, state) => (state.lag > worst.lag ? state : worst))
  const found = `${states.length} groups have members; the largest lag is ${most.lag} records (${most.group}).`
  return findings.length > 0 ? findings : [ok(found)]
}
