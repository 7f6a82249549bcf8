import { recordState, numericState } from '../../features/keyed-state.ts'
import { array, int, nullable, record, string } from '../../schemas/avro/schema.ts'
import { priorities, PriorityEntry, priorityShares } from '../../schemas/visits/priorities.ts'
import { standings } from '../../schemas/visits/standings.ts'
import { message } from '../../schemas/topic.ts'
import { input, noFeatures, processor, type RowContext } from '../processor.ts'
import { best, rank, rankedCount, rankingKinds, sameList, unrank } from './ranking.ts'

const name = 'visit-priority'

const latest = numericState('latest', 1)
const Team = record('Team', 'The team that the salesperson was named with last.', { teamId: nullable(string) })
const team = recordState('team', Team)

const PublishedList = record('PublishedList', 'The list as it was published last.', {
  entries: array(PriorityEntry),
  openCount: int,
  teamId: nullable(string),
})
const published = recordState('published', PublishedList)

interface ListFacts extends RowContext {
  readonly entries: readonly PriorityEntry[]
  readonly openCount: number
  readonly teamId: string | null
}

/** Ranks a salesperson's open opportunities by probability and publishes the list when it changes (spec V4). */
export const visitPriority = processor<ListFacts>({
  name,
  version: 1,
  purpose:
    "Ranks each salesperson's open opportunities, best first, and shares the best with the team's and the overall list.",
  inputs: [
    input(standings, (state, standing, requestScore) => {
      const { opportunityId, customerId, salespersonId, open, probability, occurredAt } = standing
      if (open && probability !== null)
        rank(state, { opportunityId, customerId, salespersonId, probability, scoredAt: occurredAt })
      else unrank(state, opportunityId)
      if (standing.teamId !== null) state.put(team, '', { teamId: standing.teamId })
      const before = state.get(latest, '')?.[0] ?? occurredAt
      state.put(latest, '', Float64Array.of(Math.max(before, occurredAt)))
      requestScore(salespersonId)
    }),
  ],
  outputs: [priorities, priorityShares],
  state: [...rankingKinds, latest, team],
  decisionState: [published],
  features: noFeatures,
  emitLatestOnly: true,
  *subjects(state) {
    if (state.get(latest, '') !== undefined) yield state.key
  },
  row(state) {
    return {
      at: state.get(latest, '')![0]!,
      entries: best(state),
      openCount: rankedCount(state),
      teamId: state.get(team, '')?.teamId ?? null,
    }
  },
  decide(memory, { key: salespersonId, id, source, rowContext }, _globals, emit) {
    const { entries, openCount, teamId, at: occurredAt } = rowContext
    const before = memory.get(published, '')
    const listChanged = before === undefined ? entries.length > 0 : !sameList(before.entries, entries)
    if (!listChanged && before?.openCount === openCount && before.teamId === teamId) return
    if (before === undefined && entries.length === 0) return
    emit(
      message(priorities, {
        id: `${id}/list`,
        occurredAt,
        source,
        scope: 'salesperson',
        owner: salespersonId,
        entries,
        openCount,
      }),
    )
    const share = { occurredAt, source, salespersonId, openCount }
    emit(message(priorityShares, { ...share, id: `${id}/overall`, scope: 'overall', owner: 'all', entries }))
    if (teamId !== null)
      emit(message(priorityShares, { ...share, id: `${id}/team`, scope: 'team', owner: teamId, entries }))
    const left = before?.teamId ?? null
    if (left !== null && left !== teamId) {
      emit(
        message(priorityShares, { ...share, id: `${id}/left`, scope: 'team', owner: left, entries: [], openCount: 0 }),
      )
    }
    memory.put(published, '', { entries, openCount, teamId })
  },
})
