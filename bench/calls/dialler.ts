import { callsToDial, LEVEL_MIN, nextLevel } from '../../features/calls/pacing/level.ts'
import type { Random } from '../../models/random.ts'

export interface CallCentre {
  readonly agents: number
  /** Probability that a person answers, by second: it varies over the day. */
  answerProbability(second: number): number
  readonly talkSeconds: number
  readonly wrapUpSeconds: number
  readonly abandonShareMax: number
}

export interface DiallerFigures {
  /** Share of the agents’ time in which they talk or wrap up. */
  readonly occupancy: number
  readonly talks: number
  /** Share of the calls answered by a person that were abandoned. */
  readonly abandonShare: number
  /** The largest abandoned share at the end of any minute, after a hundred answered calls. */
  readonly abandonShareHighest: number
  readonly levelHighest: number
}

const RING_SECONDS = [5, 25] as const
const COUNTED_FROM = 100

/** Simulates a call centre second by second, with the platform’s pacing. */
export function runDialler(
  centre: CallCentre,
  { predictive, seconds, random }: { readonly predictive: boolean; readonly seconds: number; readonly random: Random },
): DiallerFigures {
  const busyUntil = new Array<number>(centre.agents).fill(0)
  let ringing: { readonly until: number; readonly answered: boolean }[] = []
  let [level, talks, abandoned, busySeconds, highest, levelHighest] = [LEVEL_MIN, 0, 0, 0, 0, LEVEL_MIN]
  const shareOf = () => (talks + abandoned === 0 ? 0 : abandoned / (talks + abandoned))
  for (let second = 0; second < seconds; second++) {
    for (const call of ringing) {
      if (call.until !== second || !call.answered) continue
      const free = busyUntil.findIndex((until) => until <= second)
      if (free === -1) abandoned++
      else {
        talks++
        busyUntil[free] = second + Math.ceil(-Math.log(1 - random()) * centre.talkSeconds) + centre.wrapUpSeconds
      }
    }
    ringing = ringing.filter(({ until }) => until > second)
    const waiting = busyUntil.filter((until) => until <= second).length
    busySeconds += centre.agents - waiting
    if (second % 60 === 59) {
      const { abandonShareMax } = centre
      const agents = { waiting, talking: centre.agents - waiting }
      const calls = { answered: talks + abandoned, abandoned }
      if (predictive) level = nextLevel({ level, agents, calls, abandonShareMax })
      levelHighest = Math.max(levelHighest, level)
      if (talks + abandoned > COUNTED_FROM) highest = Math.max(highest, shareOf())
    }
    const count = callsToDial(level, { waiting, ringing: ringing.length })
    for (let dialled = 0; dialled < count; dialled++) {
      const [least, most] = RING_SECONDS
      const until = second + least + Math.floor(random() * (most - least))
      ringing.push({ until, answered: random() < centre.answerProbability(second) })
    }
  }
  const occupancy = busySeconds / (seconds * centre.agents)
  return { occupancy, talks, abandonShare: shareOf(), abandonShareHighest: highest, levelHighest }
}
