import type { Group } from '../client.ts'
import { startHeartbeat } from './group-heartbeat.ts'
import type { MembershipEnd } from './group-heartbeat.ts'
import type { Joined } from './group-requests.ts'
import { joinGeneration } from './join-generation.ts'
import { reportLost, reportTrouble, stopMembership } from './member-state.ts'
import type { MemberState } from './member-state.ts'

/** Takes part in one generation, from the join until its partitions are revoked. */
export async function runGeneration(member: MemberState, group: Group, onAssigned: () => void): Promise<void> {
  const { options } = member
  const {
    joined,
    assigned: { partitions, standbys },
  } = await joinGeneration(member)
  beginMembership(member, joined, partitions)
  await options.onAssigned(partitions, group, standbys)
  onAssigned()
  await member.ending.promise
  // The latest reason applies: a member may be removed while `onAssigned` is still running.
  if (member.end?.kind === 'fatal') throw member.end.error
  if (member.end?.kind === 'lost') await reportLost(member)
  else {
    await options.onRevoked(partitions)
    member.held = []
  }
  stopMembership(member)
}

function beginMembership(member: MemberState, joined: Joined, partitions: readonly number[]): void {
  const { requests, sessionTimeoutMs, heartbeatIntervalMs, leaving } = member
  member.membership = { memberId: joined.memberId, generationId: joined.generationId }
  member.held = partitions
  member.hint = { owned: partitions, generationId: joined.generationId }
  member.end = undefined
  member.ending = Promise.withResolvers()
  if (leaving.signal.aborted) member.ending.resolve()
  member.heartbeat = startHeartbeat({
    intervalMs: heartbeatIntervalMs,
    sessionTimeoutMs,
    send: () => requests.heartbeat(joined),
    onEnd: (end) => endMembership(member, end),
    onRefused: (error) => reportTrouble(member, error),
  })
  reportTrouble(member, undefined)
}

function endMembership(member: MemberState, end: MembershipEnd): void {
  member.end = end
  // From now on nothing may be committed in this generation: `metadata` throws even before `onLost` is called.
  if (end.kind !== 'rebalance') member.membership = undefined
  if (end.kind === 'lost' && end.forgotten) member.memberId = ''
  member.ending.resolve()
}
