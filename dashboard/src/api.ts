/** What the page reads of the API; /openapi.json describes all of it. */

export interface Page<Item> {
  readonly items: readonly Item[]
  readonly next: string | null
}

export interface StreamMoment {
  readonly eventsPerSecond: number
  readonly scoresPerSecond: number
  readonly lag: number
  readonly latencyMsMedian: number | null
  readonly latencyMsP99: number | null
  readonly tasks: number
  readonly deadLetters: number
  readonly duplicates: number
}

/** The clock of the simulated world. */
export interface Simulation {
  readonly now: string | null
  readonly speed: number | null
}

export interface Status {
  /** null: nothing is simulated. */
  readonly simulation: Simulation | null
  readonly stream: StreamMoment | null
  readonly sink: { readonly asOf: string | null; readonly ageSeconds: number | null }
  readonly globals: { readonly ageSeconds: number }
  /** Of the last days: records that were deleted before they were read. */
  readonly gaps: { readonly count: number; readonly offsets: number }
  readonly parts: readonly { readonly part: string; readonly ready: boolean; readonly reason: string | null }[]
  readonly tasks: readonly {
    readonly task: string
    readonly modelId: string | null
    readonly algorithm: string | null
    readonly absent: string | null
  }[]
}

export interface PriorityEntry {
  readonly opportunityId: string
  readonly customerId: string
  readonly customerName: string | null
  readonly salespersonId: string
  readonly probability: number
  readonly scoredAt: string
  readonly product?: string | null
  readonly stage?: string | null
  readonly valueMinor?: number | null
  readonly currency?: string | null
  readonly verdict?: string | null
}

export interface PriorityList {
  readonly scope: string
  readonly owner: string
  readonly openCount: number
  readonly absent: string | null
  readonly entries: readonly PriorityEntry[]
}

export interface Owner {
  readonly scope: string
  readonly owner: string
  readonly openCount: number
}

/** As it comes live: without its row. */
export interface LiveScore {
  readonly id: string
  readonly task: string
  readonly subjectId: string
  readonly customerId: string
  readonly customerName?: string | null
  readonly opportunityId: string | null
  readonly probability: number | null
  readonly absent: string | null
  readonly occurredAt: string
}

export interface Score extends LiveScore {
  readonly modelId: string | null
  readonly visitCount: number | null
  readonly featureSet: string
}

/** With what its model saw. */
export interface ScoreWithRow extends Score {
  readonly row: Readonly<Record<string, number | null>>
  readonly text: string | null
}

export interface Reason {
  readonly code: string
  readonly text: string
}

export interface Assessment {
  readonly id: string
  readonly opportunityId: string
  readonly customerId: string
  readonly customerName: string | null
  readonly salespersonId: string | null
  readonly verdict: string
  readonly reasons: readonly Reason[]
  readonly visitCount: number
  readonly probability: number | null
  readonly occurredAt: string
}

export interface Alert {
  readonly id: string
  readonly kind: string
  readonly subjectId: string
  readonly customerId: string
  readonly customerName: string | null
  readonly raised: boolean
  readonly text: string
  readonly probability: number | null
  readonly occurredAt: string
}

export interface CustomerSummary {
  readonly customerId: string
  readonly name: string | null
  readonly segment: string | null
  readonly residence: string | null
  readonly source: string | null
}

export interface Feature {
  readonly name: string
  readonly meaning: string
  readonly unit: string
  readonly value: number | null
}

export interface Opportunity {
  readonly opportunityId: string
  readonly salespersonId: string
  readonly teamId: string | null
  readonly product: string | null
  readonly stage: string | null
  readonly status: string
  readonly valueMinor: number | null
  readonly currency: string | null
  readonly probability: number | null
  readonly verdict: string | null
}

export interface Visit {
  readonly visitId: string
  readonly opportunityId: string
  readonly salespersonId: string
  readonly text: string
  readonly occurredAt: string
  readonly checkInAt: string | null
  readonly checkOutAt: string | null
}

export interface Customer extends CustomerSummary {
  readonly sex: string | null
  readonly birthYear: number | null
  readonly timeZone: string | null
  readonly attributes: Readonly<Record<string, string>>
  readonly featureSet: string | null
  readonly featuresAt: string | null
  readonly features: readonly Feature[]
  readonly scores: readonly Score[]
  readonly alerts: readonly Alert[]
  readonly assessments: readonly Assessment[]
  readonly opportunities: readonly Opportunity[]
  readonly visits: readonly Visit[]
}

interface Carried {
  readonly line: number
  readonly text: string
  readonly effect: number
}

/** Why a score is what it is. */
export interface Why {
  readonly reasons: readonly { readonly feature: string; readonly words: string }[]
  readonly textReasons: { readonly lines: readonly Carried[]; readonly words: readonly Carried[] } | null
}

export interface Interests {
  readonly interests: readonly {
    readonly product: string
    readonly probability: number
    readonly reasons: readonly { readonly words: string }[]
  }[]
  /** Why there are none. */
  readonly absent: string | null
}

export interface Recommendations {
  readonly stage: string
  readonly items: readonly {
    readonly characteristicId: string
    readonly name: string
    readonly product: string | null
    readonly probability: number
    readonly needs: readonly { readonly id: string; readonly name: string; readonly ofContacts: boolean }[]
    readonly advice: string | null
    readonly reasons: readonly { readonly words: string }[]
  }[]
  /** Why there is no list. */
  readonly absent: string | null
}

export interface Model {
  readonly id: string
  readonly task: string
  readonly algorithm: string
  readonly metrics: Readonly<Record<string, number | null>>
  readonly data: Readonly<Record<string, unknown>>
  readonly status: string
  readonly reason: string | null
  readonly trainedAt: string
}

/** Throws an `Error` with the words of the problem document. */
export async function read<Result>(path: string, signal?: AbortSignal): Promise<Result> {
  const answer = await fetch(path, {
    headers: { accept: 'application/json' },
    ...(signal === undefined ? {} : { signal }),
  })
  if (answer.ok) return (await answer.json()) as Result
  const problem = (await answer.json().catch(() => ({}))) as { readonly detail?: string }
  throw new Error(problem.detail ?? `The API answered ${answer.status}.`)
}
