import { cutRequests, delayRequests, dropRequests } from '../../soak/faults/bad-network.ts'
import { mixedState } from '../../soak/faults/damaged-state.ts'
import { fullDisk } from '../../soak/faults/full-disk.ts'
import { killBroker, killDatabase, killSink } from '../../soak/faults/kill-server.ts'
import { describeWithOwnBroker } from '../support/own-broker.ts'
import { inflictEachOnce } from './each-fault-once.ts'

/** Six times the usual load, since state that hardly grows would still fit on a full disk. */
const EVENTS_PER_SECOND = 150

const around = [killBroker, killDatabase, killSink, cutRequests, dropRequests, delayRequests, fullDisk, mixedState]

describeWithOwnBroker('faults around the processes', () => {
  test('servers killed, requests cut, lost and late, a full disk, damaged state: every event counts once', async () => {
    expect(await inflictEachOnce(around, { eventsPerSecond: EVENTS_PER_SECOND })).toEqual([])
  }, 1_500_000)
})
