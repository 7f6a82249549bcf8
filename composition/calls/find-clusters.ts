import { setImmediate as othersHaveRun } from 'node:timers/promises'
import type { ApiPorts } from '../../api/ports.ts'
import { regionsOf } from '../../features/calls/groups/nearest-centre.ts'
import { chooseClusters } from '../../models/clustering/choose-clusters.ts'
import { createReservoir } from '../../models/clustering/reservoir.ts'
import { scalePoints } from '../../models/clustering/scale.ts'
import { random } from '../../models/random.ts'

/** As many as tell clusters of a few per cent. */
const SAMPLE = 5_000
const SEED = 1

/** Clusters of a sample of the customers, in steps of a few ten milliseconds. */
export const findClusters: ApiPorts['findClusters'] = async (customers, features, clustersMax) => {
  const sample = createReservoir<readonly number[]>(SAMPLE, random(SEED))
  for await (const values of customers) sample.offer(values)
  const values = Float64Array.from(sample.items.flat())
  const { scaled, scaling } = scalePoints({ values, rows: sample.items.length, columns: features.length })
  const steps = chooseClusters(scaled, clustersMax)
  for (;;) {
    const { done, value: chosen } = steps.next()
    if (!done) await othersHaveRun()
    else if (chosen === undefined) return { silhouettes: [], regions: [] }
    else return { silhouettes: chosen.silhouettes, regions: regionsOf(chosen.partition.centres, scaling, features) }
  }
}
