import { keepLatest, numericState, recordState } from '../../features/keyed-state.ts'
import { double, record, string } from '../../schemas/avro/schema.ts'
import { priorities, priorityShares } from '../../schemas/visits/priorities.ts'
import { standings } from '../../schemas/visits/standings.ts'
import { message } from '../../schemas/topic.ts'
import { input, noFeatures, processor, type RowContext } from '../processor.ts'
import { sharedKind, shareOf } from './list-shares.ts'
import { best, bestByTeam, rank, rankingKinds, unrank, type Best } from './ranking.ts'
import { byOther, noPersons } from '../../schemas/persons.ts'

const name = 'visit-priority'

const latest = numericState('latest', 1)

const PublishedList = record('PublishedList', 'The digest of a list as it was published last.', {
  team: string,
  digest: double,
})
/** The list of all under the empty id, the share of a team under `/team`. */
const published = recordState('published', PublishedList)

interface ListFacts extends RowContext {
  readonly all: Best
  readonly teams: ReadonlyMap<string, Best>
}

/**
 * Ranks a salesperson's open opportunities by probability and by expected value, and publishes the list when it changes
 * (spec V4). A team's list gets those of its own opportunities; an opportunity without a team is on no team's list.
 */
export const visitPriority = processor<ListFacts>({
  name,
  version: 3,
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
  persons: {
    by: 'kind',
    kinds: {
      ranked: { by: 'field', fields: ['entry.customerId'], then: 'delete' },
      latest: noPersons('times'),
      published: noPersons('digests of lists'),
      shared: byOther('opportunities by id, until the list is shared again, which the erasure brings about'),
    },
  },
  state: [...rankingKinds, latest],
  decisionState: [published, sharedKind],
  features: noFeatures,
  emitLatestOnly: true,
  *subjects(state) {
    if (state.get(latest, '') !== undefined) yield state.key
  },
  row(state) {
    return { at: state.get(latest, '')![0]!, all: best(state), teams: bestByTeam(state) }
  },
  decide(memory, { key: salespersonId, id, source, rowContext }, _globals, emit) {
    const { all, teams, at: occurredAt } = rowContext
    const about = { occurredAt, source }
    const share = (scope: 'team' | 'overall', owner: string, of: SharedParts) => {
      const at = scope === 'team' ? `team/${owner}` : scope
      emit(message(priorityShares, { ...about, ...of, salespersonId, scope, owner, id: `${id}/${at}` }))
    }

    const before = memory.get(published, '')
    if (before === undefined ? all.entries.length > 0 : before.digest !== all.digest) {
      memory.put(published, '', { team: '', digest: all.digest })
      const { entries, openCount } = all
      const own = {
        ...about,
        entries,
        openCount,
        id: `${id}/list`,
        scope: 'salesperson',
        owner: salespersonId,
      } as const
      emit(message(priorities, own))
      share('overall', 'all', shareOf(memory, '', all, occurredAt))
    }
    for (const [placeId, { team }] of [...memory.scan(published, '/')]) {
      if (teams.has(team)) continue
      share('team', team, { entries: [], goneIds: [], isWhole: true, openCount: 0 })
      memory.delete(published, placeId)
      memory.delete(sharedKind, placeId)
    }
    for (const [team, of] of teams) {
      const placeId = `/${team}`
      if (memory.get(published, placeId)?.digest === of.digest) continue
      share('team', team, shareOf(memory, placeId, of, occurredAt))
      memory.put(published, placeId, { team, digest: of.digest })
    }
  },
})

type SharedParts = ReturnType<typeof shareOf>
