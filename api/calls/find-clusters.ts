import { setImmediate as othersHaveRun } from 'node:timers/promises'
import { regionsOf, type Region } from '../../features/calls/groups/nearest-centre.ts'
import { chooseClusters } from '../../models/clustering/choose-clusters.ts'
import { createReservoir } from '../../models/clustering/reservoir.ts'
import { scalePoints } from '../../models/clustering/scale.ts'
import { random } from '../../models/random.ts'

/** Sample size: enough to find clusters of a few per cent of all customers. */
const SAMPLE = 5_000
const SEED = 1

export interface FoundClusters {
  /** Mean silhouette for each number of clusters tried, from 2 on; empty if all customers are alike. */
  readonly silhouettes: readonly number[]
  readonly regions: readonly Region[]
}

/** Clusters a sample of the customers by these features, yielding to other requests every few tens of milliseconds. */
export async function findClusters(
  customers: AsyncIterable<readonly number[]>,
  features: readonly string[],
  clustersMax: number,
): Promise<FoundClusters> {
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
