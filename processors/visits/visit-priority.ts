import { keepLatest, numericState, recordState } from '../../features/keyed-state.ts'
import { double, record, string } from '../../schemas/avro/schema.ts'
import { priorities, priorityShares } from '../../schemas/visits/priorities.ts'
import { standings } from '../../schemas/visits/standings.ts'
import { message } from '../../schemas/topic.ts'
import { input, noFeatures, processor, type RowContext } from '../processor.ts'
import { best, rank, rankedTeams, rankingKinds, unrank, type Best } from './ranking.ts'

const name = 'visit-priority'

const latest = numericState('latest', 1)

const PublishedList = record('PublishedList', 'The digest of a list as it was published last.', {
  team: string,
  digest: double,
})
/** Under the empty id the list of all, under `/team` the share of a team. */
const published = recordState('published', PublishedList)

interface ListFacts extends RowContext {
  readonly all: Best
  readonly teams: ReadonlyMap<string, Best>
}

const none: Pick<Best, 'entries' | 'openCount'> = { entries: [], openCount: 0 }

/**
 * Ranks a salesperson's open opportunities by probability and by expected value, and publishes the list when it changes
 * (spec V4). A team is given those of its own opportunities; without a team they are on no team's list.
 */
export const visitPriority = processor<ListFacts>({
  name,
  version: 2,
  purpose:
    "Ranks each salesperson's open opportunities by probability and by expected value, best first, and shares the best with the lists of their teams and of all.",
  inputs: [
    input(standings, (state, standing, requestScore) => {
      const { opportunityId, customerId, salespersonId, open, probability, occurredAt, teamId, outlook } = standing
      if (open && probability !== null) {
        const entry = { opportunityId, customerId, salespersonId, probability, scoredAt: occurredAt, outlook }
        rank(state, { ...entry, rank: null, valueRank: null }, teamId)
      } else unrank(state, standing)
      keepLatest(state, latest, '', occurredAt)
      requestScore(salespersonId)
    }),
  ],
  outputs: [priorities, priorityShares],
  state: [...rankingKinds, latest],
  decisionState: [published],
  features: noFeatures,
  emitLatestOnly: true,
  *subjects(state) {
    if (state.get(latest, '') !== undefined) yield state.key
  },
  row(state) {
    const teams = rankedTeams(state)
    return {
      at: state.get(latest, '')![0]!,
      all: best(state),
      teams: new Map(teams.map((teamId) => [teamId, best(state, teamId)])),
    }
  },
  decide(memory, { key: salespersonId, id, source, rowContext }, _globals, emit) {
    const { all, teams, at: occurredAt } = rowContext
    const about = { occurredAt, source }
    const list = ({ entries, openCount }: typeof none) => ({ entries, openCount })

    const before = memory.get(published, '')
    if (before === undefined ? all.entries.length > 0 : before.digest !== all.digest) {
      memory.put(published, '', { team: '', digest: all.digest })
      const own = { ...about, ...list(all), id: `${id}/list`, scope: 'salesperson', owner: salespersonId } as const
      emit(message(priorities, own))
      const share = { ...about, ...list(all), salespersonId, id: `${id}/overall` }
      emit(message(priorityShares, { ...share, scope: 'overall', owner: 'all' }))
    }
    const shareWith = (teamId: string, of: typeof none) => {
      const share = { ...about, ...list(of), salespersonId, id: `${id}/team/${teamId}` }
      emit(message(priorityShares, { ...share, scope: 'team', owner: teamId }))
    }
    for (const [placeId, { team }] of [...memory.scan(published, '/')]) {
      if (teams.has(team)) continue
      shareWith(team, none)
      memory.delete(published, placeId)
    }
    for (const [team, of] of teams) {
      if (memory.get(published, `/${team}`)?.digest === of.digest) continue
      shareWith(team, of)
      memory.put(published, `/${team}`, { team, digest: of.digest })
    }
  },
})
