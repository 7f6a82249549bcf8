import { namingOf } from '../../kafka.ts'
import type { Check } from '../check.ts'
import { skewFinding } from '../skew.ts'

/**
 * Compares the clocks of this machine and of the broker that coordinates a transactional id. It also shows that this
 * principal may use the platform's transactional ids.
 */
export const brokerClock: Check = {
  name: 'broker clock',
  needs: 'brokers',
  async run({ config, kafka, nowMs }) {
    const id = namingOf(config).doctor()
    const { nodeId, brokerMs, beforeMs, afterMs } = await kafka().coordinatorClock(id, id, nowMs)
    return [skewFinding(`Broker ${nodeId}`, { otherMs: brokerMs, beforeMs, afterMs })]
  },
}
