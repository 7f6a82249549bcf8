/** What the API answers. Written by `node generators/api-types.ts` from its description. */

export interface paths {
  readonly '/health': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: never
        readonly header?: never
        readonly path?: never
        readonly cookie?: never
      }
      readonly requestBody?: never
      readonly responses: {
        /** @description Default Response */
        readonly 200: {
          headers: {
            readonly [name: string]: unknown
          }
          content: {
            readonly 'application/json': {
              /** @enum {string} */
              readonly status: 'alive'
            }
          }
        }
      }
    }
    readonly put?: never
    readonly post?: never
    readonly delete?: never
    readonly options?: never
    readonly head?: never
    readonly patch?: never
    readonly trace?: never
  }
  readonly '/ready': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: never
        readonly header?: never
        readonly path?: never
        readonly cookie?: never
      }
      readonly requestBody?: never
      readonly responses: {
        /** @description Default Response */
        readonly 200: {
          headers: {
            readonly [name: string]: unknown
          }
          content: {
            readonly 'application/json': {
              readonly ready: boolean
              readonly parts: readonly {
                readonly part: string
                readonly ready: boolean
                /** @description Why it is not ready. */
                readonly reason: string | null
                /** @description What someone should look at although it is ready, such as a channel that takes no messages. */
                readonly warning: string | null
              }[]
            }
          }
        }
      }
    }
    readonly put?: never
    readonly post?: never
    readonly delete?: never
    readonly options?: never
    readonly head?: never
    readonly patch?: never
    readonly trace?: never
  }
  readonly '/status': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: never
        readonly header?: never
        readonly path?: never
        readonly cookie?: never
      }
      readonly requestBody?: never
      readonly responses: {
        /** @description Default Response */
        readonly 200: {
          headers: {
            readonly [name: string]: unknown
          }
          content: {
            readonly 'application/json': {
              /** @description null: the data has no simulated customer, and times are wall clock times. */
              readonly simulation: {
                /**
                 * Format: date-time
                 * @description The time in the simulated world; null: nothing has happened in it yet.
                 */
                readonly now: string | null
                /** @description How much faster than the wall clock it goes; null: the simulator runs in another process. */
                readonly speed: number | null
              } | null
              /** @description null: the processors run in another process; see its metrics. */
              readonly stream: {
                readonly eventsPerSecond: number
                readonly scoresPerSecond: number
                /** @description Records written and not yet processed. */
                readonly lag: number
                /** @description From the write of a record to the commit of its results; null: nothing was committed recently. */
                readonly latencyMsMedian: number | null
                readonly latencyMsP99: number | null
                readonly tasks: number
                /** @description Since the process started. */
                readonly deadLetters: number
                /** @description Events that came again under an id that was known, and were dropped, since the process started; counted by each processor that reads them. */
                readonly duplicates: number
              } | null
              readonly sink: {
                /**
                 * Format: date-time
                 * @description Everything published up to then is in the database and served; null: the sink has not reported yet.
                 */
                readonly asOf: string | null
                readonly ageSeconds: number | null
              }
              readonly globals: {
                /**
                 * Format: date-time
                 * @description Releases, policies, thresholds and dictionaries are known up to then.
                 */
                readonly asOf: string
                readonly ageSeconds: number
              }
              /** @description Of the last 7 days: records that were deleted before they were read; see /gaps. */
              readonly gaps: {
                readonly count: number
                readonly offsets: number
              }
              readonly parts: readonly {
                readonly part: string
                readonly ready: boolean
                /** @description Why it is not ready. */
                readonly reason: string | null
                /** @description What someone should look at although it is ready, such as a channel that takes no messages. */
                readonly warning: string | null
              }[]
              readonly tasks: readonly {
                readonly task: string
                readonly modelId: string | null
                readonly algorithm: string | null
                /** @description Why nothing is scored. */
                readonly absent: string | null
              }[]
            }
          }
        }
      }
    }
    readonly put?: never
    readonly post?: never
    readonly delete?: never
    readonly options?: never
    readonly head?: never
    readonly patch?: never
    readonly trace?: never
  }
  readonly '/customers': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: {
          /** @description Part of the name or of the id. */
          readonly query?: string
          readonly limit?: number
          /** @description The `next` of the previous page; 404 if it is of another list. */
          readonly after?: string
        }
        readonly header?: never
        readonly path?: never
        readonly cookie?: never
      }
      readonly requestBody?: never
      readonly responses: {
        /** @description Default Response */
        readonly 200: {
          headers: {
            readonly [name: string]: unknown
          }
          content: {
            readonly 'application/json': {
              readonly items: readonly {
                readonly customerId: string
                readonly name: string | null
                readonly segment: string | null
                readonly residence: string | null
                /** @description The system that emitted the profile; `simulator`: the customer is simulated. */
                readonly source: string | null
                /**
                 * Format: date-time
                 * @description Event time of the newest features.
                 */
                readonly featuresAt: string | null
              }[]
              /** @description Send it as `after` for the next page; null: there is none. */
              readonly next: string | null
            }
          }
        }
      }
    }
    readonly put?: never
    readonly post?: never
    readonly delete?: never
    readonly options?: never
    readonly head?: never
    readonly patch?: never
    readonly trace?: never
  }
  readonly '/customers/{id}': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: never
        readonly header?: never
        readonly path: {
          readonly id: string
        }
        readonly cookie?: never
      }
      readonly requestBody?: never
      readonly responses: {
        /** @description Default Response */
        readonly 200: {
          headers: {
            readonly [name: string]: unknown
          }
          content: {
            readonly 'application/json': {
              readonly customerId: string
              readonly name: string | null
              readonly segment: string | null
              readonly residence: string | null
              /** @description The system that emitted the profile; `simulator`: the customer is simulated. */
              readonly source: string | null
              /**
               * Format: date-time
               * @description Event time of the newest features.
               */
              readonly featuresAt: string | null
              readonly sex: string | null
              readonly birthYear: number | null
              readonly registeredPlace: string | null
              readonly timeZone: string | null
              readonly attributes: {
                readonly [key: string]: string
              }
              readonly featureSet: string | null
              readonly features: readonly {
                /** @description `set.feature` */
                readonly name: string
                readonly meaning: string
                readonly unit: string
                /** @description null if there is no value yet. */
                readonly value: number | null
              }[]
              /** @description The newest score of each task and subject, with the row that its model saw. */
              readonly scores: readonly {
                /** @description Unique per event; a repeated id is the same event again. */
                readonly id: string
                /**
                 * Format: date-time
                 * @description Event time. ISO 8601, UTC.
                 */
                readonly occurredAt: string
                /** @description conversion, loan-demand, call-conversion, … */
                readonly task: string
                /** @description The opportunity or the customer. */
                readonly subjectId: string
                readonly customerId: string
                readonly opportunityId: string | null
                readonly salespersonId: string | null
                /** @description Visits of the opportunity so far, for conversion. */
                readonly visitCount: number | null
                /** @description null: no model has scored it. */
                readonly probability: number | null
                readonly modelId: string | null
                /** @description Why there is no probability. */
                readonly absent: string | null
                /** @description Name and version of the feature set that names the numbers of the row. */
                readonly featureSet: string
                /** @description The record that caused the score; null for a sweep after a change of model or policy. */
                readonly inputTopic: string | null
                readonly inputPartition: number | null
                readonly inputOffset: number | null
                /** @description The id of the record of customer-features whose values are the row; null: the row is in this record. */
                readonly featuresId: string | null
                readonly customerName: string | null
                /** @description The values by name; null if unknown. */
                readonly row?: {
                  readonly [key: string]: number | null
                }
                /** @description The text that the model read, if it reads text. */
                readonly text?: string | null
              }[]
              readonly alerts: readonly {
                /** @description Unique per event; a repeated id is the same event again. */
                readonly id: string
                /**
                 * Format: date-time
                 * @description Event time. ISO 8601, UTC.
                 */
                readonly occurredAt: string
                /** @description potential-loan-customer, dormant-customer, invalid-visits, suspected-false-visits; others if another version has raised them. */
                readonly kind: string
                readonly customerId: string
                readonly subjectId: string
                /** @description False: it was withdrawn. */
                readonly raised: boolean
                readonly text: string
                /** @description null: no model has scored it. */
                readonly probability: number | null
                readonly threshold: number | null
                /** @description Reasons for the probability, largest contribution first. */
                readonly reasons: readonly {
                  readonly feature: string
                  /** @description null if unknown. */
                  readonly value: number | null
                  /** @description Contribution to the margin: the log-odds of a probability, or the estimate itself. The contributions and the base add up to the margin. */
                  readonly contribution: number
                  readonly words: string
                }[]
                readonly customerName: string | null
              }[]
              readonly assessments: readonly {
                /** @description Unique per event; a repeated id is the same event again. */
                readonly id: string
                /**
                 * Format: date-time
                 * @description Event time. ISO 8601, UTC.
                 */
                readonly occurredAt: string
                readonly opportunityId: string
                readonly customerId: string
                readonly salespersonId: string | null
                /** @description fine, invalid or suspected_false. */
                readonly verdict: string
                readonly reasons: readonly {
                  readonly code: string
                  readonly text: string
                }[]
                readonly visitCount: number
                /** @description null: no model has scored it. */
                readonly probability: number | null
                /** @description Version of the policy that was applied; 0: the built-in default. */
                readonly policyVersion: number
                readonly customerName: string | null
              }[]
              readonly opportunities: readonly {
                /**
                 * Format: date-time
                 * @description Event time. ISO 8601, UTC.
                 */
                readonly occurredAt: string
                readonly opportunityId: string
                readonly customerId: string
                readonly salespersonId: string
                readonly teamId: string | null
                readonly product: string | null
                /** @description First contact, sale, contract, retention, or as the CRM names it. */
                readonly stage: string | null
                readonly status: string
                /** @description Expected value in minor units of the currency. */
                readonly valueMinor: number | null
                /** @description ISO 4217. */
                readonly currency: string | null
                /**
                 * Format: date-time
                 * @description When the decision is expected; null: not told. ISO 8601, UTC.
                 */
                readonly plannedCloseAt: string | null
                readonly customerName: string | null
                /** @description null: no model has scored it. */
                readonly probability: number | null
                readonly visitCount: number | null
                /** @description Verdict of the policy on its visits; null: never flagged. */
                readonly verdict: string | null
              }[]
              /** @description Newest first. */
              readonly visits: readonly {
                readonly visitId: string
                readonly opportunityId: string
                readonly salespersonId: string
                readonly text: string
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly checkInAt: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly checkOutAt: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly occurredAt: string
              }[]
            }
          }
        }
      }
    }
    readonly put?: never
    readonly post?: never
    readonly delete?: never
    readonly options?: never
    readonly head?: never
    readonly patch?: never
    readonly trace?: never
  }
  readonly '/features': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: never
        readonly header?: never
        readonly path?: never
        readonly cookie?: never
      }
      readonly requestBody?: never
      readonly responses: {
        /** @description Default Response */
        readonly 200: {
          headers: {
            readonly [name: string]: unknown
          }
          content: {
            readonly 'application/json': {
              readonly items: readonly {
                readonly featureSet: string
                readonly name: string
                readonly meaning: string
                readonly unit: string
              }[]
            }
          }
        }
      }
    }
    readonly put?: never
    readonly post?: never
    readonly delete?: never
    readonly options?: never
    readonly head?: never
    readonly patch?: never
    readonly trace?: never
  }
  readonly '/alerts': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: {
          readonly kind?: 'potential-loan-customer' | 'dormant-customer' | 'invalid-visits' | 'suspected-false-visits'
          readonly raised?: boolean
          readonly customerId?: string
          readonly limit?: number
          /** @description The `next` of the previous page; 404 if it is of another list. */
          readonly after?: string
        }
        readonly header?: never
        readonly path?: never
        readonly cookie?: never
      }
      readonly requestBody?: never
      readonly responses: {
        /** @description Default Response */
        readonly 200: {
          headers: {
            readonly [name: string]: unknown
          }
          content: {
            readonly 'application/json': {
              readonly items: readonly {
                /** @description Unique per event; a repeated id is the same event again. */
                readonly id: string
                /**
                 * Format: date-time
                 * @description Event time. ISO 8601, UTC.
                 */
                readonly occurredAt: string
                /** @description potential-loan-customer, dormant-customer, invalid-visits, suspected-false-visits; others if another version has raised them. */
                readonly kind: string
                readonly customerId: string
                readonly subjectId: string
                /** @description False: it was withdrawn. */
                readonly raised: boolean
                readonly text: string
                /** @description null: no model has scored it. */
                readonly probability: number | null
                readonly threshold: number | null
                /** @description Reasons for the probability, largest contribution first. */
                readonly reasons: readonly {
                  readonly feature: string
                  /** @description null if unknown. */
                  readonly value: number | null
                  /** @description Contribution to the margin: the log-odds of a probability, or the estimate itself. The contributions and the base add up to the margin. */
                  readonly contribution: number
                  readonly words: string
                }[]
                readonly customerName: string | null
              }[]
              /** @description Send it as `after` for the next page; null: there is none. */
              readonly next: string | null
            }
          }
        }
      }
    }
    readonly put?: never
    readonly post?: never
    readonly delete?: never
    readonly options?: never
    readonly head?: never
    readonly patch?: never
    readonly trace?: never
  }
  readonly '/opportunities': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: {
          readonly customerId?: string
          readonly salespersonId?: string
          readonly teamId?: string
          readonly status?: 'open' | 'won' | 'lost' | 'deleted'
          readonly limit?: number
          /** @description The `next` of the previous page; 404 if it is of another list. */
          readonly after?: string
        }
        readonly header?: never
        readonly path?: never
        readonly cookie?: never
      }
      readonly requestBody?: never
      readonly responses: {
        /** @description Default Response */
        readonly 200: {
          headers: {
            readonly [name: string]: unknown
          }
          content: {
            readonly 'application/json': {
              readonly items: readonly {
                /**
                 * Format: date-time
                 * @description Event time. ISO 8601, UTC.
                 */
                readonly occurredAt: string
                readonly opportunityId: string
                readonly customerId: string
                readonly salespersonId: string
                readonly teamId: string | null
                readonly product: string | null
                /** @description First contact, sale, contract, retention, or as the CRM names it. */
                readonly stage: string | null
                readonly status: string
                /** @description Expected value in minor units of the currency. */
                readonly valueMinor: number | null
                /** @description ISO 4217. */
                readonly currency: string | null
                /**
                 * Format: date-time
                 * @description When the decision is expected; null: not told. ISO 8601, UTC.
                 */
                readonly plannedCloseAt: string | null
                readonly customerName: string | null
                /** @description null: no model has scored it. */
                readonly probability: number | null
                readonly visitCount: number | null
                /** @description Verdict of the policy on its visits; null: never flagged. */
                readonly verdict: string | null
              }[]
              /** @description Send it as `after` for the next page; null: there is none. */
              readonly next: string | null
            }
          }
        }
      }
    }
    readonly put?: never
    readonly post?: never
    readonly delete?: never
    readonly options?: never
    readonly head?: never
    readonly patch?: never
    readonly trace?: never
  }
  readonly '/priorities': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: {
          readonly scope?: 'overall' | 'team' | 'salesperson'
          /** @description The team or the salesperson; not given for overall. */
          readonly owner?: string
          /** @description By the probability of success, or by the expected value of a visit: probability × value × urgency − cost. */
          readonly order?: 'probability' | 'value'
          /** @description Why the first 10 score as they do, by the model in use: numbers, visits and words. */
          readonly reasons?: boolean
          readonly limit?: number
        }
        readonly header?: never
        readonly path?: never
        readonly cookie?: never
      }
      readonly requestBody?: never
      readonly responses: {
        /** @description Default Response */
        readonly 200: {
          headers: {
            readonly [name: string]: unknown
          }
          content: {
            readonly 'application/json': {
              readonly scope: string
              readonly owner: string
              /** @enum {unknown} */
              readonly order: 'probability' | 'value'
              /** @description Ranked open opportunities behind the list, which has the hundred best. */
              readonly openCount: number
              /**
               * Format: date-time
               * @description Event time of the last event that changed it.
               */
              readonly publishedAt: string | null
              /** @description Why the list is empty, or lacks what was visited. */
              readonly absent: string | null
              readonly entries: readonly {
                /** @description In the order that was asked for, from 1 on. */
                readonly place: number
                readonly opportunityId: string
                readonly customerId: string
                readonly customerName: string | null
                readonly salespersonId: string
                readonly teamId: string | null
                readonly product: string | null
                readonly stage: string | null
                /** @description As the CRM told it, in minor units of `currency`. */
                readonly valueMinor: number | null
                readonly currency: string | null
                /** @description Place by probability; null: not among the hundred best. */
                readonly rank: number | null
                /** @description Place by expected value; null: not among the hundred best. */
                readonly valueRank: number | null
                readonly probability: number
                /** @description Nobody was there yet: it is the one of the planning setting. */
                readonly probabilityAssumed: boolean
                /** @description Change of the probability with the last visit; null: not known. */
                readonly trend: number | null
                readonly visitCount: number | null
                /**
                 * Format: date-time
                 * @description null: never visited.
                 */
                readonly lastVisitAt: string | null
                /** @description Whole days from then until now; null: never visited. */
                readonly daysSinceVisit: number | null
                /** @description Value in the currency of the organisation, told, converted or assumed. */
                readonly worthMinor: number | null
                /** @description told, converted or assumed. */
                readonly worthFrom: string | null
                readonly worthCurrency: string | null
                readonly urgency: number | null
                /** @description probability × worth × urgency − cost of a visit, in minor units of `worthCurrency`. */
                readonly expectedValueMinor: number | null
                /** @description What speaks for a visit or against it, in words. */
                readonly reasons: readonly string[]
                readonly action: {
                  /** @description As docs/priorities.md lists them. */
                  readonly code: string
                  readonly text: string
                } | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly scoredAt: string
                readonly verdict: string | null
                readonly why?: {
                  /** @description The margin without any contribution; null for a model that gives no reasons. */
                  readonly base: number | null
                  /** @description The largest contributions, the largest first. */
                  readonly reasons: readonly {
                    readonly feature: string
                    /** @description null if unknown. */
                    readonly value: number | null
                    /** @description Contribution to the margin: the log-odds of a probability, or the estimate itself. The contributions and the base add up to the margin. */
                    readonly contribution: number
                    readonly words: string
                  }[]
                  /** @description null if the model reads no text, or text reasons were not requested. */
                  readonly textReasons: {
                    /** @description Largest contribution first. */
                    readonly lines: readonly {
                      /** @description Its line in the text, from 0; a line is a visit. */
                      readonly line: number
                      readonly text: string
                      /** @description Decrease of the log-odds of the score without it. */
                      readonly effect: number
                    }[]
                    /** @description Of the lines that carry most. */
                    readonly words: readonly {
                      /** @description Its line in the text, from 0; a line is a visit. */
                      readonly line: number
                      readonly text: string
                      /** @description Decrease of the log-odds of the score without it. */
                      readonly effect: number
                    }[]
                  } | null
                }
              }[]
            }
          }
        }
      }
    }
    readonly put?: never
    readonly post?: never
    readonly delete?: never
    readonly options?: never
    readonly head?: never
    readonly patch?: never
    readonly trace?: never
  }
  readonly '/priorities/owners': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: never
        readonly header?: never
        readonly path?: never
        readonly cookie?: never
      }
      readonly requestBody?: never
      readonly responses: {
        /** @description Default Response */
        readonly 200: {
          headers: {
            readonly [name: string]: unknown
          }
          content: {
            readonly 'application/json': {
              readonly items: readonly {
                readonly scope: string
                readonly owner: string
                readonly openCount: number
              }[]
            }
          }
        }
      }
    }
    readonly put?: never
    readonly post?: never
    readonly delete?: never
    readonly options?: never
    readonly head?: never
    readonly patch?: never
    readonly trace?: never
  }
  readonly '/salespeople/{id}/day-plan': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: {
          /** @description How many visits the day has room for. */
          readonly visits?: number
          /** @description Longest way of the day, in kilometres. */
          readonly kmMax?: number
          /** @description Where the day begins and ends: latitude,longitude. Without it the way is counted between the customers only. */
          readonly from?: string
        }
        readonly header?: never
        readonly path: {
          readonly id: string
        }
        readonly cookie?: never
      }
      readonly requestBody?: never
      readonly responses: {
        /** @description Default Response */
        readonly 200: {
          headers: {
            readonly [name: string]: unknown
          }
          content: {
            readonly 'application/json': {
              readonly salespersonId: string
              /** @description How many were asked for. */
              readonly visits: number
              /** @description Of all amounts. */
              readonly currency: string
              /**
               * Format: date-time
               * @description Event time of the list that it is made from.
               */
              readonly publishedAt: string | null
              /** @description With the way back to the start, and an assumed way to each unknown place. */
              readonly km: number
              readonly wayCostMinor: number
              /** @description Of all visits, before the cost of the way. */
              readonly expectedValueMinor: number
              /** @description In the order of the way, then those without a known place. */
              readonly stops: readonly {
                /** @description In the order of the day, from 1 on. */
                readonly place: number
                /** @description Where the customer is met; null: no place is known. */
                readonly at: {
                  readonly placeId: string
                  readonly name: string | null
                  readonly latitude: number
                  readonly longitude: number
                } | null
                /** @description From the stop before, or from the start; null: not known. */
                readonly km: number | null
                readonly opportunityId: string
                readonly customerId: string
                readonly customerName: string | null
                readonly salespersonId: string
                readonly teamId: string | null
                readonly product: string | null
                readonly stage: string | null
                /** @description As the CRM told it, in minor units of `currency`. */
                readonly valueMinor: number | null
                readonly currency: string | null
                /** @description Place by probability; null: not among the hundred best. */
                readonly rank: number | null
                /** @description Place by expected value; null: not among the hundred best. */
                readonly valueRank: number | null
                readonly probability: number
                /** @description Nobody was there yet: it is the one of the planning setting. */
                readonly probabilityAssumed: boolean
                /** @description Change of the probability with the last visit; null: not known. */
                readonly trend: number | null
                readonly visitCount: number | null
                /**
                 * Format: date-time
                 * @description null: never visited.
                 */
                readonly lastVisitAt: string | null
                /** @description Whole days from then until now; null: never visited. */
                readonly daysSinceVisit: number | null
                /** @description Value in the currency of the organisation, told, converted or assumed. */
                readonly worthMinor: number | null
                /** @description told, converted or assumed. */
                readonly worthFrom: string | null
                readonly worthCurrency: string | null
                readonly urgency: number | null
                /** @description probability × worth × urgency − cost of a visit, in minor units of `worthCurrency`. */
                readonly expectedValueMinor: number | null
                /** @description What speaks for a visit or against it, in words. */
                readonly reasons: readonly string[]
                readonly action: {
                  /** @description As docs/priorities.md lists them. */
                  readonly code: string
                  readonly text: string
                } | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly scoredAt: string
                readonly verdict: string | null
              }[]
              readonly leftOut: readonly {
                readonly opportunityId: string
                readonly customerId: string
                readonly customerName: string | null
                readonly expectedValueMinor: number | null
                readonly why: {
                  /** @enum {unknown} */
                  readonly code: 'same-customer' | 'not-worth' | 'too-far' | 'full' | 'unknown'
                  readonly text: string
                }
              }[]
              /** @description What the same number of visits would come to, straight from the list by expected value. */
              readonly listOrder: {
                /** @description With the way back to the start, and an assumed way to each unknown place. */
                readonly km: number
                readonly wayCostMinor: number
                /** @description Of all visits, before the cost of the way. */
                readonly expectedValueMinor: number
              }
            }
          }
        }
      }
    }
    readonly put?: never
    readonly post?: never
    readonly delete?: never
    readonly options?: never
    readonly head?: never
    readonly patch?: never
    readonly trace?: never
  }
  readonly '/opportunities/{id}/why': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: never
        readonly header?: never
        readonly path: {
          readonly id: string
        }
        readonly cookie?: never
      }
      readonly requestBody?: never
      readonly responses: {
        /** @description Default Response */
        readonly 200: {
          headers: {
            readonly [name: string]: unknown
          }
          content: {
            readonly 'application/json': {
              /** @description The margin without any contribution; null for a model that gives no reasons. */
              readonly base: number | null
              /** @description The largest contributions, the largest first. */
              readonly reasons: readonly {
                readonly feature: string
                /** @description null if unknown. */
                readonly value: number | null
                /** @description Contribution to the margin: the log-odds of a probability, or the estimate itself. The contributions and the base add up to the margin. */
                readonly contribution: number
                readonly words: string
              }[]
              /** @description null if the model reads no text, or text reasons were not requested. */
              readonly textReasons: {
                /** @description Largest contribution first. */
                readonly lines: readonly {
                  /** @description Its line in the text, from 0; a line is a visit. */
                  readonly line: number
                  readonly text: string
                  /** @description Decrease of the log-odds of the score without it. */
                  readonly effect: number
                }[]
                /** @description Of the lines that carry most. */
                readonly words: readonly {
                  /** @description Its line in the text, from 0; a line is a visit. */
                  readonly line: number
                  readonly text: string
                  /** @description Decrease of the log-odds of the score without it. */
                  readonly effect: number
                }[]
              } | null
            }
          }
        }
      }
    }
    readonly put?: never
    readonly post?: never
    readonly delete?: never
    readonly options?: never
    readonly head?: never
    readonly patch?: never
    readonly trace?: never
  }
  readonly '/assessments': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: {
          /** @description `fine`: those that were flagged before. */
          readonly verdict?: 'fine' | 'invalid' | 'suspected_false'
          readonly customerId?: string
          readonly salespersonId?: string
          readonly limit?: number
          /** @description The `next` of the previous page; 404 if it is of another list. */
          readonly after?: string
        }
        readonly header?: never
        readonly path?: never
        readonly cookie?: never
      }
      readonly requestBody?: never
      readonly responses: {
        /** @description Default Response */
        readonly 200: {
          headers: {
            readonly [name: string]: unknown
          }
          content: {
            readonly 'application/json': {
              readonly items: readonly {
                /** @description Unique per event; a repeated id is the same event again. */
                readonly id: string
                /**
                 * Format: date-time
                 * @description Event time. ISO 8601, UTC.
                 */
                readonly occurredAt: string
                readonly opportunityId: string
                readonly customerId: string
                readonly salespersonId: string | null
                /** @description fine, invalid or suspected_false. */
                readonly verdict: string
                readonly reasons: readonly {
                  readonly code: string
                  readonly text: string
                }[]
                readonly visitCount: number
                /** @description null: no model has scored it. */
                readonly probability: number | null
                /** @description Version of the policy that was applied; 0: the built-in default. */
                readonly policyVersion: number
                readonly customerName: string | null
              }[]
              /** @description Send it as `after` for the next page; null: there is none. */
              readonly next: string | null
            }
          }
        }
      }
    }
    readonly put?: never
    readonly post?: never
    readonly delete?: never
    readonly options?: never
    readonly head?: never
    readonly patch?: never
    readonly trace?: never
  }
  readonly '/potential-customers': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: {
          readonly limit?: number
          /** @description The `next` of the previous page; 404 if it is of another list. */
          readonly after?: string
        }
        readonly header?: never
        readonly path?: never
        readonly cookie?: never
      }
      readonly requestBody?: never
      readonly responses: {
        /** @description Default Response */
        readonly 200: {
          headers: {
            readonly [name: string]: unknown
          }
          content: {
            readonly 'application/json': {
              readonly items: readonly {
                /**
                 * Format: date-time
                 * @description Event time. ISO 8601, UTC.
                 */
                readonly occurredAt: string
                readonly customerId: string
                /** @description Predicted cumulative usage: drawdown ÷ limit. */
                readonly estimate: number
                /** @description The threshold that the estimate was compared with. */
                readonly threshold: number
                /** @description 0: the built-in default. */
                readonly thresholdVersion: number
                /** @description The model that made the estimate. */
                readonly modelId: string | null
                /**
                 * Format: date-time
                 * @description Event time since which the customer has been above the threshold without interruption. ISO 8601, UTC.
                 */
                readonly since: string
                /** @description The largest contributions to the estimate, the largest first. */
                readonly reasons: readonly {
                  readonly feature: string
                  /** @description null if unknown. */
                  readonly value: number | null
                  /** @description Contribution to the margin: the log-odds of a probability, or the estimate itself. The contributions and the base add up to the margin. */
                  readonly contribution: number
                  readonly words: string
                }[]
                readonly name: string | null
              }[]
              /** @description Send it as `after` for the next page; null: there is none. */
              readonly next: string | null
            }
          }
        }
      }
    }
    readonly put?: never
    readonly post?: never
    readonly delete?: never
    readonly options?: never
    readonly head?: never
    readonly patch?: never
    readonly trace?: never
  }
  readonly '/calls/{callId}/turns': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: never
        readonly header?: never
        readonly path: {
          readonly callId: string
        }
        readonly cookie?: never
      }
      readonly requestBody?: never
      readonly responses: {
        /** @description Default Response */
        readonly 200: {
          headers: {
            readonly [name: string]: unknown
          }
          content: {
            readonly 'application/json': {
              readonly turns: readonly {
                /** @description Unique per event; a repeated id is the same event again. */
                readonly id: string
                /**
                 * Format: date-time
                 * @description Event time.
                 */
                readonly occurredAt: string
                /** @description The system that emitted the event, e.g. crm, core-banking, simulator. */
                readonly source: string
                readonly customerId: string
                readonly callId: string
                readonly turn: number
                readonly text: string
                /** @description The most probable intent; null: none of the known ones, or no model. */
                readonly intent: string | null
                /** @description The three most probable, the highest first. */
                readonly intents: readonly {
                  readonly intent: string
                  readonly probability: number
                }[]
                readonly modelId: string | null
                /** @description Why there is no intent. */
                readonly absent: string | null
                /** @enum {string} */
                readonly sentiment: 'neutral' | 'positive' | 'negative'
                /** @description −1 … 1. */
                readonly sentimentScore: number
                /** @description price, need, timing, trust, authority, competitor, risk or contact; null: none. */
                readonly objection: string | null
                /** @description The words that revealed sentiment and objection. */
                readonly cues: readonly string[]
                readonly keyPhrases: readonly string[]
                /** @description Words that speech recognition was unsure of. */
                readonly unsure: readonly {
                  readonly text: string
                  /** @description From the beginning of the call. */
                  readonly startMs: number
                  readonly endMs: number
                  /** @description Confidence of the recognition; null if it reports none. */
                  readonly confidence: number | null
                }[]
                /** @description What the intent model saw in addition to the text, by the names of turn@1. */
                readonly context: {
                  readonly [key: string]: number
                }
              }[]
            }
          }
        }
      }
    }
    readonly put?: never
    readonly post?: never
    readonly delete?: never
    readonly options?: never
    readonly head?: never
    readonly patch?: never
    readonly trace?: never
  }
  readonly '/customers/{id}/recommendations': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: {
          /** @description Scores on request for this stage; default: as published. */
          readonly stage?: 'first contact' | 'sale' | 'contract' | 'retention'
        }
        readonly header?: never
        readonly path: {
          readonly id: string
        }
        readonly cookie?: never
      }
      readonly requestBody?: never
      readonly responses: {
        /** @description Default Response */
        readonly 200: {
          headers: {
            readonly [name: string]: unknown
          }
          content: {
            readonly 'application/json': {
              readonly customerId: string
              /** @enum {string} */
              readonly stage: 'first contact' | 'sale' | 'contract' | 'retention'
              /** @description Best first. */
              readonly items: readonly {
                readonly characteristicId: string
                readonly name: string
                /** @description null: all products. */
                readonly product: string | null
                readonly probability: number
                /** @description The needs of such an organisation that it meets; those that contact persons are interested in first. */
                readonly needs: readonly {
                  readonly id: string
                  readonly name: string
                  readonly category: string
                  /** @description A contact person is interested in the category. */
                  readonly ofContacts: boolean
                }[]
                /** @description What to say at this stage; null: the dictionary has no advice for it. */
                readonly advice: string | null
                /** @description The largest contributions to its probability, largest first. */
                readonly reasons: readonly {
                  readonly feature: string
                  /** @description null if unknown. */
                  readonly value: number | null
                  /** @description Contribution to the margin: the log-odds of a probability, or the estimate itself. The contributions and the base add up to the margin. */
                  readonly contribution: number
                  readonly words: string
                }[]
              }[]
              /** @description Characteristics with a lower probability are omitted. */
              readonly threshold: number
              /** @description null: there was no usable model. */
              readonly modelId: string | null
              /** @description The dictionary that the model was trained on; null: no model. */
              readonly modelDictionaryVersion: number | null
              /** @description The dictionary that names and advice come from; 0: the built-in default. */
              readonly dictionaryVersion: number
              /** @description Active characteristics that the model does not know. */
              readonly unknownToModel: readonly string[]
              /** @description Why there is no list. */
              readonly absent: string | null
              /** @description True: as last published. False: scored on request for the given stage. */
              readonly live: boolean
              /**
               * Format: date-time
               * @description Event time of the published list; null: scored on request.
               */
              readonly publishedAt: string | null
            }
          }
        }
      }
    }
    readonly put?: never
    readonly post?: never
    readonly delete?: never
    readonly options?: never
    readonly head?: never
    readonly patch?: never
    readonly trace?: never
  }
  readonly '/customers/{id}/interests': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: never
        readonly header?: never
        readonly path: {
          readonly id: string
        }
        readonly cookie?: never
      }
      readonly requestBody?: never
      readonly responses: {
        /** @description Default Response */
        readonly 200: {
          headers: {
            readonly [name: string]: unknown
          }
          content: {
            readonly 'application/json': {
              readonly customerId: string
              /** @description The strongest first. */
              readonly interests: readonly {
                readonly product: string
                /** @description Probability that the customer accepts it. */
                readonly probability: number
                /** @description The largest contributions to its probability, largest first. */
                readonly reasons: readonly {
                  readonly feature: string
                  /** @description null if unknown. */
                  readonly value: number | null
                  /** @description Contribution to the margin: the log-odds of a probability, or the estimate itself. The contributions and the base add up to the margin. */
                  readonly contribution: number
                  readonly words: string
                }[]
              }[]
              /** @description null: there was no usable model. */
              readonly modelId: string | null
              /** @description Why there are no interests. */
              readonly absent: string | null
              /**
               * Format: date-time
               * @description ISO 8601, UTC.
               */
              readonly publishedAt: string
            }
          }
        }
      }
    }
    readonly put?: never
    readonly post?: never
    readonly delete?: never
    readonly options?: never
    readonly head?: never
    readonly patch?: never
    readonly trace?: never
  }
  readonly '/dictionary': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: {
          /** @description Default: the newest. */
          readonly version?: number
        }
        readonly header?: never
        readonly path?: never
        readonly cookie?: never
      }
      readonly requestBody?: never
      readonly responses: {
        /** @description Default Response */
        readonly 200: {
          headers: {
            readonly [name: string]: unknown
          }
          content: {
            readonly 'application/json': {
              /** @description 0: the built-in default. */
              readonly version: number
              readonly needs: readonly {
                readonly id: string
                readonly name: string
                /** @description One of the categories of contact persons' interests. */
                readonly category: string
                /** @description Only for organisations in this field; null: for all. */
                readonly fieldOfActivity: string | null
                /** @description Only for organisations in this segment; null: for all. */
                readonly segment: string | null
                /** @description It is no longer shown. */
                readonly retired: boolean
              }[]
              readonly characteristics: readonly {
                readonly id: string
                readonly name: string
                readonly description: string
                /** @description null: for all products. */
                readonly product: string | null
                /** @description Ids of the needs that it answers. */
                readonly needs: readonly string[]
                /** @description What to say, by the stage of the funnel. */
                readonly advice: {
                  readonly [key: string]: string
                }
                /** @description It is no longer recommended. */
                readonly retired: boolean
              }[]
            }
          }
        }
      }
    }
    readonly put?: never
    readonly post?: never
    readonly delete?: never
    readonly options?: never
    readonly head?: never
    readonly patch?: never
    readonly trace?: never
  }
  readonly '/dictionary/changes': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: never
        readonly header?: never
        readonly path?: never
        readonly cookie?: never
      }
      readonly requestBody?: never
      readonly responses: {
        /** @description Default Response */
        readonly 200: {
          headers: {
            readonly [name: string]: unknown
          }
          content: {
            readonly 'application/json': {
              readonly items: readonly {
                readonly version: number
                /** @description need or characteristic */
                readonly kind: string
                readonly entryId: string
                readonly changedBy: string
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string
              }[]
            }
          }
        }
      }
    }
    readonly put?: never
    readonly post?: never
    readonly delete?: never
    readonly options?: never
    readonly head?: never
    readonly patch?: never
    readonly trace?: never
  }
  readonly '/scores': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: {
          readonly task?: 'loan-demand' | 'call-conversion' | 'preferences' | 'conversion' | 'intent' | 'recommendation'
          readonly customerId?: string
          readonly salespersonId?: string
          /** @description Whether to add what the models saw: rows and texts, which are long. */
          readonly rows?: boolean
          readonly limit?: number
          /** @description The `next` of the previous page; 404 if it is of another list. */
          readonly after?: string
        }
        readonly header?: never
        readonly path?: never
        readonly cookie?: never
      }
      readonly requestBody?: never
      readonly responses: {
        /** @description Default Response */
        readonly 200: {
          headers: {
            readonly [name: string]: unknown
          }
          content: {
            readonly 'application/json': {
              readonly items: readonly {
                /** @description Unique per event; a repeated id is the same event again. */
                readonly id: string
                /**
                 * Format: date-time
                 * @description Event time. ISO 8601, UTC.
                 */
                readonly occurredAt: string
                /** @description conversion, loan-demand, call-conversion, … */
                readonly task: string
                /** @description The opportunity or the customer. */
                readonly subjectId: string
                readonly customerId: string
                readonly opportunityId: string | null
                readonly salespersonId: string | null
                /** @description Visits of the opportunity so far, for conversion. */
                readonly visitCount: number | null
                /** @description null: no model has scored it. */
                readonly probability: number | null
                readonly modelId: string | null
                /** @description Why there is no probability. */
                readonly absent: string | null
                /** @description Name and version of the feature set that names the numbers of the row. */
                readonly featureSet: string
                /** @description The record that caused the score; null for a sweep after a change of model or policy. */
                readonly inputTopic: string | null
                readonly inputPartition: number | null
                readonly inputOffset: number | null
                /** @description The id of the record of customer-features whose values are the row; null: the row is in this record. */
                readonly featuresId: string | null
                readonly customerName: string | null
                /** @description The values by name; null if unknown. */
                readonly row?: {
                  readonly [key: string]: number | null
                }
                /** @description The text that the model read, if it reads text. */
                readonly text?: string | null
              }[]
              /** @description Send it as `after` for the next page; null: there is none. */
              readonly next: string | null
            }
          }
        }
      }
    }
    readonly put?: never
    readonly post?: never
    readonly delete?: never
    readonly options?: never
    readonly head?: never
    readonly patch?: never
    readonly trace?: never
  }
  readonly '/customers/{id}/scores': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: {
          readonly task?: 'loan-demand' | 'call-conversion' | 'preferences' | 'conversion' | 'intent' | 'recommendation'
          readonly subjectId?: string
          /** @description Event time, inclusive. */
          readonly until?: string
          /** @description Whether to add what the models saw: rows and texts, which are long. */
          readonly rows?: boolean
          readonly limit?: number
          /** @description The `next` of the previous page; 404 if it is of another list. */
          readonly after?: string
        }
        readonly header?: never
        readonly path: {
          readonly id: string
        }
        readonly cookie?: never
      }
      readonly requestBody?: never
      readonly responses: {
        /** @description Default Response */
        readonly 200: {
          headers: {
            readonly [name: string]: unknown
          }
          content: {
            readonly 'application/json': {
              readonly items: readonly {
                /** @description Unique per event; a repeated id is the same event again. */
                readonly id: string
                /**
                 * Format: date-time
                 * @description Event time. ISO 8601, UTC.
                 */
                readonly occurredAt: string
                /** @description conversion, loan-demand, call-conversion, … */
                readonly task: string
                /** @description The opportunity or the customer. */
                readonly subjectId: string
                readonly customerId: string
                readonly opportunityId: string | null
                readonly salespersonId: string | null
                /** @description Visits of the opportunity so far, for conversion. */
                readonly visitCount: number | null
                /** @description null: no model has scored it. */
                readonly probability: number | null
                readonly modelId: string | null
                /** @description Why there is no probability. */
                readonly absent: string | null
                /** @description Name and version of the feature set that names the numbers of the row. */
                readonly featureSet: string
                /** @description The record that caused the score; null for a sweep after a change of model or policy. */
                readonly inputTopic: string | null
                readonly inputPartition: number | null
                readonly inputOffset: number | null
                /** @description The id of the record of customer-features whose values are the row; null: the row is in this record. */
                readonly featuresId: string | null
                readonly customerName: string | null
                /** @description The values by name; null if unknown. */
                readonly row?: {
                  readonly [key: string]: number | null
                }
                /** @description The text that the model read, if it reads text. */
                readonly text?: string | null
              }[]
              /** @description Send it as `after` for the next page; null: there is none. */
              readonly next: string | null
            }
          }
        }
      }
    }
    readonly put?: never
    readonly post?: never
    readonly delete?: never
    readonly options?: never
    readonly head?: never
    readonly patch?: never
    readonly trace?: never
  }
  readonly '/models': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: {
          readonly task?: string
        }
        readonly header?: never
        readonly path?: never
        readonly cookie?: never
      }
      readonly requestBody?: never
      readonly responses: {
        /** @description Default Response */
        readonly 200: {
          headers: {
            readonly [name: string]: unknown
          }
          content: {
            readonly 'application/json': {
              readonly items: readonly {
                /** @description The hash of the artefact. */
                readonly id: string
                readonly task: string
                readonly algorithm: string
                readonly featureSet: string
                readonly metrics: {
                  readonly [key: string]: number | null
                }
                /** @description Its training data. */
                readonly data: {
                  readonly [key: string]: unknown
                }
                readonly codeVersion: string
                /** @description challenger, champion or retired. */
                readonly status: string
                /** @description Why it replaced its predecessor. */
                readonly reason: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly trainedAt: string
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly releasedAt: string | null
              }[]
            }
          }
        }
      }
    }
    readonly put?: never
    readonly post?: never
    readonly delete?: never
    readonly options?: never
    readonly head?: never
    readonly patch?: never
    readonly trace?: never
  }
  readonly '/deliveries': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: {
          readonly status?: 'waiting' | 'delivered' | 'dead'
          readonly channel?: string
          /** @description The customer. */
          readonly record?: string
          readonly kind?: string
          readonly limit?: number
          /** @description The `next` of the previous page; 404 if it is of another list. */
          readonly after?: string
        }
        readonly header?: never
        readonly path?: never
        readonly cookie?: never
      }
      readonly requestBody?: never
      readonly responses: {
        /** @description Default Response */
        readonly 200: {
          headers: {
            readonly [name: string]: unknown
          }
          content: {
            readonly 'application/json': {
              readonly items: readonly {
                readonly number: number
                readonly channel: string
                /** @description The same at every attempt; receivers know a repeated message by it. */
                readonly messageId: string
                /** @description alert.raised, alert.withdrawn or potential-customer.changed. */
                readonly type: string
                /** @description Of the alert; null: it is about something else. */
                readonly kind: string | null
                /** @description The customer: their messages go out in order. */
                readonly record: string
                /** @enum {string} */
                readonly status: 'waiting' | 'delivered' | 'dead'
                /** @description Of this run; sending it again begins a new one. */
                readonly attempts: number
                /** @description What the receiver answered last, or what went wrong. */
                readonly answer: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly occurredAt: string
                /**
                 * Format: date-time
                 * @description When it entered the queue.
                 */
                readonly createdAt: string
                /**
                 * Format: date-time
                 * @description When it is tried next, if it waits.
                 */
                readonly nextAt: string | null
                /**
                 * Format: date-time
                 * @description The last attempt.
                 */
                readonly attemptedAt: string | null
                /**
                 * Format: date-time
                 * @description When it arrived or died.
                 */
                readonly finishedAt: string | null
              }[]
              /** @description Send it as `after` for the next page; null: there is none. */
              readonly next: string | null
            }
          }
        }
      }
    }
    readonly put?: never
    readonly post?: never
    readonly delete?: never
    readonly options?: never
    readonly head?: never
    readonly patch?: never
    readonly trace?: never
  }
  readonly '/dead-letters': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: {
          readonly processor?: string
          readonly topic?: string
          readonly code?: string
          readonly limit?: number
          /** @description The `next` of the previous page; 404 if it is of another list. */
          readonly after?: string
        }
        readonly header?: never
        readonly path?: never
        readonly cookie?: never
      }
      readonly requestBody?: never
      readonly responses: {
        /** @description Default Response */
        readonly 200: {
          headers: {
            readonly [name: string]: unknown
          }
          content: {
            readonly 'application/json': {
              readonly items: readonly {
                /** @description Unique per event; a repeated id is the same event again. */
                readonly id: string
                /**
                 * Format: date-time
                 * @description Event time. ISO 8601, UTC.
                 */
                readonly occurredAt: string
                readonly processor: string
                readonly topic: string
                readonly partition: number
                readonly offset: number
                /** @description The cause, from the list of event error codes. */
                readonly code: string
                readonly message: string
                /** @description The bytes of the key, base64. */
                readonly key: string | null
                /** @description The first kilobyte of the value, base64; `scoreline dead-letters list` shows all. */
                readonly value: string | null
                /** @description Length of the value in bytes. */
                readonly valueBytes: number | null
              }[]
              /** @description Send it as `after` for the next page; null: there is none. */
              readonly next: string | null
            }
          }
        }
      }
    }
    readonly put?: never
    readonly post?: never
    readonly delete?: never
    readonly options?: never
    readonly head?: never
    readonly patch?: never
    readonly trace?: never
  }
  readonly '/gaps': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: {
          readonly limit?: number
          /** @description The `next` of the previous page; 404 if it is of another list. */
          readonly after?: string
        }
        readonly header?: never
        readonly path?: never
        readonly cookie?: never
      }
      readonly requestBody?: never
      readonly responses: {
        /** @description Default Response */
        readonly 200: {
          headers: {
            readonly [name: string]: unknown
          }
          content: {
            readonly 'application/json': {
              readonly items: readonly {
                /** @description Unique per event; a repeated id is the same event again. */
                readonly id: string
                /**
                 * Format: date-time
                 * @description Event time. ISO 8601, UTC.
                 */
                readonly occurredAt: string
                /** @description The reader that missed the records; `sink`: the database lacks them. */
                readonly processor: string
                /** @description Its name on the broker. */
                readonly topic: string
                readonly partition: number
                /** @description Offset of the first record that was not read. */
                readonly from: number
                /** @description Offset of the first available record, where reading resumed. */
                readonly to: number
              }[]
              /** @description Send it as `after` for the next page; null: there is none. */
              readonly next: string | null
            }
          }
        }
      }
    }
    readonly put?: never
    readonly post?: never
    readonly delete?: never
    readonly options?: never
    readonly head?: never
    readonly patch?: never
    readonly trace?: never
  }
  readonly '/policies': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: never
        readonly header?: never
        readonly path?: never
        readonly cookie?: never
      }
      readonly requestBody?: never
      readonly responses: {
        /** @description Default Response */
        readonly 200: {
          headers: {
            readonly [name: string]: unknown
          }
          content: {
            readonly 'application/json': {
              readonly items: readonly {
                readonly name: string
                readonly rules: readonly {
                  /** @enum {string} */
                  readonly verdict: 'fine' | 'invalid' | 'suspected_false'
                  readonly visitCountMin: number
                  /** @description Counts only visits within this many days before the latest one; null: all. */
                  readonly withinDays: number | null
                  readonly probabilityBelow: number | null
                  /** @description Maximum minus minimum probability over the counted visits. */
                  readonly probabilityMovedLessThan: number | null
                }[]
                /** @description Kinds of evidence that differ from the default; the others are as docs/visits.md says. */
                readonly evidence: readonly {
                  /** @description As docs/visits.md lists them. */
                  readonly kind: string
                  /** @description What it adds to the false score, times its own score; 0: nothing, null: the default. */
                  readonly falseWeight: number | null
                  /** @description The same for the invalid score. */
                  readonly invalidWeight: number | null
                  /** @description Other values than the default, by name. */
                  readonly parameters: {
                    readonly [key: string]: number
                  }
                }[]
                /** @description A visit whose false score reaches it is suspected to be false. */
                readonly falseFrom: number
                /** @description A visit whose invalid score reaches it is invalid. */
                readonly invalidFrom: number
                /** @description Devices that several people use, such as a tablet of a team: no evidence of one device under two names. */
                readonly sharedDevices: readonly string[]
                /** @description 0: the built-in default. */
                readonly version: number
                readonly changedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string | null
              }[]
            }
          }
        }
      }
    }
    readonly put?: never
    readonly post?: never
    readonly delete?: never
    readonly options?: never
    readonly head?: never
    readonly patch?: never
    readonly trace?: never
  }
  readonly '/policies/{name}': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: never
        readonly header?: never
        readonly path: {
          readonly name: string
        }
        readonly cookie?: never
      }
      readonly requestBody?: never
      readonly responses: {
        /** @description Default Response */
        readonly 200: {
          headers: {
            readonly [name: string]: unknown
          }
          content: {
            readonly 'application/json': {
              readonly name: string
              readonly rules: readonly {
                /** @enum {string} */
                readonly verdict: 'fine' | 'invalid' | 'suspected_false'
                readonly visitCountMin: number
                /** @description Counts only visits within this many days before the latest one; null: all. */
                readonly withinDays: number | null
                readonly probabilityBelow: number | null
                /** @description Maximum minus minimum probability over the counted visits. */
                readonly probabilityMovedLessThan: number | null
              }[]
              /** @description Kinds of evidence that differ from the default; the others are as docs/visits.md says. */
              readonly evidence: readonly {
                /** @description As docs/visits.md lists them. */
                readonly kind: string
                /** @description What it adds to the false score, times its own score; 0: nothing, null: the default. */
                readonly falseWeight: number | null
                /** @description The same for the invalid score. */
                readonly invalidWeight: number | null
                /** @description Other values than the default, by name. */
                readonly parameters: {
                  readonly [key: string]: number
                }
              }[]
              /** @description A visit whose false score reaches it is suspected to be false. */
              readonly falseFrom: number
              /** @description A visit whose invalid score reaches it is invalid. */
              readonly invalidFrom: number
              /** @description Devices that several people use, such as a tablet of a team: no evidence of one device under two names. */
              readonly sharedDevices: readonly string[]
              /** @description 0: the built-in default. */
              readonly version: number
              readonly changedBy: string | null
              /**
               * Format: date-time
               * @description ISO 8601, UTC.
               */
              readonly changedAt: string | null
              /** @description All edited versions, newest first. */
              readonly history: readonly {
                readonly name: string
                readonly rules: readonly {
                  /** @enum {string} */
                  readonly verdict: 'fine' | 'invalid' | 'suspected_false'
                  readonly visitCountMin: number
                  /** @description Counts only visits within this many days before the latest one; null: all. */
                  readonly withinDays: number | null
                  readonly probabilityBelow: number | null
                  /** @description Maximum minus minimum probability over the counted visits. */
                  readonly probabilityMovedLessThan: number | null
                }[]
                /** @description Kinds of evidence that differ from the default; the others are as docs/visits.md says. */
                readonly evidence: readonly {
                  /** @description As docs/visits.md lists them. */
                  readonly kind: string
                  /** @description What it adds to the false score, times its own score; 0: nothing, null: the default. */
                  readonly falseWeight: number | null
                  /** @description The same for the invalid score. */
                  readonly invalidWeight: number | null
                  /** @description Other values than the default, by name. */
                  readonly parameters: {
                    readonly [key: string]: number
                  }
                }[]
                /** @description A visit whose false score reaches it is suspected to be false. */
                readonly falseFrom: number
                /** @description A visit whose invalid score reaches it is invalid. */
                readonly invalidFrom: number
                /** @description Devices that several people use, such as a tablet of a team: no evidence of one device under two names. */
                readonly sharedDevices: readonly string[]
                /** @description 0: the built-in default. */
                readonly version: number
                readonly changedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string | null
              }[]
            }
          }
        }
      }
    }
    readonly put?: never
    readonly post?: never
    readonly delete?: never
    readonly options?: never
    readonly head?: never
    readonly patch?: never
    readonly trace?: never
  }
  readonly '/planning': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: never
        readonly header?: never
        readonly path?: never
        readonly cookie?: never
      }
      readonly requestBody?: never
      readonly responses: {
        /** @description Default Response */
        readonly 200: {
          headers: {
            readonly [name: string]: unknown
          }
          content: {
            readonly 'application/json': {
              readonly items: readonly {
                readonly name: string
                /** @description Currency of the organisation, in which values are compared. ISO 4217. */
                readonly currency: string
                /** @description What one unit of another currency is worth in it, by ISO 4217 code. Without a rate the value counts as unknown. */
                readonly rates: {
                  readonly [key: string]: number
                }
                /** @description Cost of a visit, in minor units. */
                readonly visitCostMinor: number
                /** @description Cost of a kilometre on the way, in minor units. */
                readonly kmCostMinor: number
                /** @description Way to a customer whose place is not known, in kilometres. */
                readonly kmIfUnknown: number
                /** @description Assumed where no value is told, in minor units. */
                readonly worthIfUnknownMinor: number
                /** @description Assumed until the first visit; 0: such opportunities come last. */
                readonly probabilityIfUnvisited: number
                /** @description Urgency until the first visit. */
                readonly urgencyIfUnvisited: number
                /** @description Urgency by days since the last visit; the last step that is reached counts. */
                readonly sinceVisit: readonly {
                  readonly fromDays: number
                  readonly factor: number
                }[]
                /** @description Times this, by days until the planned close: the smallest step that holds counts, none: 1. */
                readonly beforeClose: readonly {
                  readonly withinDays: number
                  readonly factor: number
                }[]
                /** @description Times this, by days since the planned close has passed: the last step that is reached counts, none: 1. */
                readonly overdue: readonly {
                  readonly fromDays: number
                  readonly factor: number
                }[]
                /** @description 0: the built-in default. */
                readonly version: number
                readonly changedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string | null
              }[]
            }
          }
        }
      }
    }
    readonly put?: never
    readonly post?: never
    readonly delete?: never
    readonly options?: never
    readonly head?: never
    readonly patch?: never
    readonly trace?: never
  }
  readonly '/planning/{name}': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: never
        readonly header?: never
        readonly path: {
          readonly name: string
        }
        readonly cookie?: never
      }
      readonly requestBody?: never
      readonly responses: {
        /** @description Default Response */
        readonly 200: {
          headers: {
            readonly [name: string]: unknown
          }
          content: {
            readonly 'application/json': {
              readonly name: string
              /** @description Currency of the organisation, in which values are compared. ISO 4217. */
              readonly currency: string
              /** @description What one unit of another currency is worth in it, by ISO 4217 code. Without a rate the value counts as unknown. */
              readonly rates: {
                readonly [key: string]: number
              }
              /** @description Cost of a visit, in minor units. */
              readonly visitCostMinor: number
              /** @description Cost of a kilometre on the way, in minor units. */
              readonly kmCostMinor: number
              /** @description Way to a customer whose place is not known, in kilometres. */
              readonly kmIfUnknown: number
              /** @description Assumed where no value is told, in minor units. */
              readonly worthIfUnknownMinor: number
              /** @description Assumed until the first visit; 0: such opportunities come last. */
              readonly probabilityIfUnvisited: number
              /** @description Urgency until the first visit. */
              readonly urgencyIfUnvisited: number
              /** @description Urgency by days since the last visit; the last step that is reached counts. */
              readonly sinceVisit: readonly {
                readonly fromDays: number
                readonly factor: number
              }[]
              /** @description Times this, by days until the planned close: the smallest step that holds counts, none: 1. */
              readonly beforeClose: readonly {
                readonly withinDays: number
                readonly factor: number
              }[]
              /** @description Times this, by days since the planned close has passed: the last step that is reached counts, none: 1. */
              readonly overdue: readonly {
                readonly fromDays: number
                readonly factor: number
              }[]
              /** @description 0: the built-in default. */
              readonly version: number
              readonly changedBy: string | null
              /**
               * Format: date-time
               * @description ISO 8601, UTC.
               */
              readonly changedAt: string | null
              /** @description All edited versions, newest first. */
              readonly history: readonly {
                readonly name: string
                /** @description Currency of the organisation, in which values are compared. ISO 4217. */
                readonly currency: string
                /** @description What one unit of another currency is worth in it, by ISO 4217 code. Without a rate the value counts as unknown. */
                readonly rates: {
                  readonly [key: string]: number
                }
                /** @description Cost of a visit, in minor units. */
                readonly visitCostMinor: number
                /** @description Cost of a kilometre on the way, in minor units. */
                readonly kmCostMinor: number
                /** @description Way to a customer whose place is not known, in kilometres. */
                readonly kmIfUnknown: number
                /** @description Assumed where no value is told, in minor units. */
                readonly worthIfUnknownMinor: number
                /** @description Assumed until the first visit; 0: such opportunities come last. */
                readonly probabilityIfUnvisited: number
                /** @description Urgency until the first visit. */
                readonly urgencyIfUnvisited: number
                /** @description Urgency by days since the last visit; the last step that is reached counts. */
                readonly sinceVisit: readonly {
                  readonly fromDays: number
                  readonly factor: number
                }[]
                /** @description Times this, by days until the planned close: the smallest step that holds counts, none: 1. */
                readonly beforeClose: readonly {
                  readonly withinDays: number
                  readonly factor: number
                }[]
                /** @description Times this, by days since the planned close has passed: the last step that is reached counts, none: 1. */
                readonly overdue: readonly {
                  readonly fromDays: number
                  readonly factor: number
                }[]
                /** @description 0: the built-in default. */
                readonly version: number
                readonly changedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string | null
              }[]
            }
          }
        }
      }
    }
    readonly put?: never
    readonly post?: never
    readonly delete?: never
    readonly options?: never
    readonly head?: never
    readonly patch?: never
    readonly trace?: never
  }
  readonly '/thresholds': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: never
        readonly header?: never
        readonly path?: never
        readonly cookie?: never
      }
      readonly requestBody?: never
      readonly responses: {
        /** @description Default Response */
        readonly 200: {
          headers: {
            readonly [name: string]: unknown
          }
          content: {
            readonly 'application/json': {
              readonly items: readonly {
                readonly task: string
                readonly value: number
                /** @description 0: the built-in default. */
                readonly version: number
                readonly changedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string | null
              }[]
            }
          }
        }
      }
    }
    readonly put?: never
    readonly post?: never
    readonly delete?: never
    readonly options?: never
    readonly head?: never
    readonly patch?: never
    readonly trace?: never
  }
  readonly '/thresholds/{task}': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: never
        readonly header?: never
        readonly path: {
          readonly task: string
        }
        readonly cookie?: never
      }
      readonly requestBody?: never
      readonly responses: {
        /** @description Default Response */
        readonly 200: {
          headers: {
            readonly [name: string]: unknown
          }
          content: {
            readonly 'application/json': {
              readonly task: string
              readonly value: number
              /** @description 0: the built-in default. */
              readonly version: number
              readonly changedBy: string | null
              /**
               * Format: date-time
               * @description ISO 8601, UTC.
               */
              readonly changedAt: string | null
              /** @description All edited versions, newest first. */
              readonly history: readonly {
                readonly task: string
                readonly value: number
                /** @description 0: the built-in default. */
                readonly version: number
                readonly changedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string | null
              }[]
            }
          }
        }
      }
    }
    readonly put?: never
    readonly post?: never
    readonly delete?: never
    readonly options?: never
    readonly head?: never
    readonly patch?: never
    readonly trace?: never
  }
  readonly '/needs': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: never
        readonly header?: never
        readonly path?: never
        readonly cookie?: never
      }
      readonly requestBody?: never
      readonly responses: {
        /** @description Default Response */
        readonly 200: {
          headers: {
            readonly [name: string]: unknown
          }
          content: {
            readonly 'application/json': {
              /** @description Of the dictionary. */
              readonly version: number
              readonly items: readonly {
                readonly id: string
                readonly name: string
                /** @description One of the categories of contact persons' interests. */
                readonly category: string
                /** @description Only for organisations in this field; null: for all. */
                readonly fieldOfActivity: string | null
                /** @description Only for organisations in this segment; null: for all. */
                readonly segment: string | null
                /** @description It is no longer shown. */
                readonly retired: boolean
                /** @description Version of the dictionary with the last change; 0: the built-in default. */
                readonly version: number
                readonly changedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string | null
              }[]
            }
          }
        }
      }
    }
    readonly put?: never
    readonly post?: never
    readonly delete?: never
    readonly options?: never
    readonly head?: never
    readonly patch?: never
    readonly trace?: never
  }
  readonly '/needs/{id}': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: never
        readonly header?: never
        readonly path: {
          readonly id: string
        }
        readonly cookie?: never
      }
      readonly requestBody?: never
      readonly responses: {
        /** @description Default Response */
        readonly 200: {
          headers: {
            readonly [name: string]: unknown
          }
          content: {
            readonly 'application/json': {
              readonly id: string
              readonly name: string
              /** @description One of the categories of contact persons' interests. */
              readonly category: string
              /** @description Only for organisations in this field; null: for all. */
              readonly fieldOfActivity: string | null
              /** @description Only for organisations in this segment; null: for all. */
              readonly segment: string | null
              /** @description It is no longer shown. */
              readonly retired: boolean
              /** @description Version of the dictionary with the last change; 0: the built-in default. */
              readonly version: number
              readonly changedBy: string | null
              /**
               * Format: date-time
               * @description ISO 8601, UTC.
               */
              readonly changedAt: string | null
              /** @description All edited versions, newest first. */
              readonly history: readonly {
                readonly id: string
                readonly name: string
                /** @description One of the categories of contact persons' interests. */
                readonly category: string
                /** @description Only for organisations in this field; null: for all. */
                readonly fieldOfActivity: string | null
                /** @description Only for organisations in this segment; null: for all. */
                readonly segment: string | null
                /** @description It is no longer shown. */
                readonly retired: boolean
                /** @description Version of the dictionary with the last change; 0: the built-in default. */
                readonly version: number
                readonly changedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string | null
              }[]
            }
          }
        }
      }
    }
    readonly put?: never
    readonly post?: never
    readonly delete?: never
    readonly options?: never
    readonly head?: never
    readonly patch?: never
    readonly trace?: never
  }
  readonly '/characteristics': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: never
        readonly header?: never
        readonly path?: never
        readonly cookie?: never
      }
      readonly requestBody?: never
      readonly responses: {
        /** @description Default Response */
        readonly 200: {
          headers: {
            readonly [name: string]: unknown
          }
          content: {
            readonly 'application/json': {
              /** @description Of the dictionary. */
              readonly version: number
              readonly items: readonly {
                readonly id: string
                readonly name: string
                readonly description: string
                /** @description null: for all products. */
                readonly product: string | null
                /** @description Ids of the needs that it answers. */
                readonly needs: readonly string[]
                /** @description What to say, by the stage of the funnel. */
                readonly advice: {
                  readonly [key: string]: string
                }
                /** @description It is no longer recommended. */
                readonly retired: boolean
                /** @description Version of the dictionary with the last change; 0: the built-in default. */
                readonly version: number
                readonly changedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string | null
              }[]
            }
          }
        }
      }
    }
    readonly put?: never
    readonly post?: never
    readonly delete?: never
    readonly options?: never
    readonly head?: never
    readonly patch?: never
    readonly trace?: never
  }
  readonly '/characteristics/{id}': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: never
        readonly header?: never
        readonly path: {
          readonly id: string
        }
        readonly cookie?: never
      }
      readonly requestBody?: never
      readonly responses: {
        /** @description Default Response */
        readonly 200: {
          headers: {
            readonly [name: string]: unknown
          }
          content: {
            readonly 'application/json': {
              readonly id: string
              readonly name: string
              readonly description: string
              /** @description null: for all products. */
              readonly product: string | null
              /** @description Ids of the needs that it answers. */
              readonly needs: readonly string[]
              /** @description What to say, by the stage of the funnel. */
              readonly advice: {
                readonly [key: string]: string
              }
              /** @description It is no longer recommended. */
              readonly retired: boolean
              /** @description Version of the dictionary with the last change; 0: the built-in default. */
              readonly version: number
              readonly changedBy: string | null
              /**
               * Format: date-time
               * @description ISO 8601, UTC.
               */
              readonly changedAt: string | null
              /** @description All edited versions, newest first. */
              readonly history: readonly {
                readonly id: string
                readonly name: string
                readonly description: string
                /** @description null: for all products. */
                readonly product: string | null
                /** @description Ids of the needs that it answers. */
                readonly needs: readonly string[]
                /** @description What to say, by the stage of the funnel. */
                readonly advice: {
                  readonly [key: string]: string
                }
                /** @description It is no longer recommended. */
                readonly retired: boolean
                /** @description Version of the dictionary with the last change; 0: the built-in default. */
                readonly version: number
                readonly changedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string | null
              }[]
            }
          }
        }
      }
    }
    readonly put?: never
    readonly post?: never
    readonly delete?: never
    readonly options?: never
    readonly head?: never
    readonly patch?: never
    readonly trace?: never
  }
  readonly '/channels': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: never
        readonly header?: never
        readonly path?: never
        readonly cookie?: never
      }
      readonly requestBody?: never
      readonly responses: {
        /** @description Default Response */
        readonly 200: {
          headers: {
            readonly [name: string]: unknown
          }
          content: {
            readonly 'application/json': {
              readonly items: readonly {
                readonly name: string
                /**
                 * @description metric: counts in `scoreline_alerts_total`; topic: the topic `notifications`; email; webhook.
                 * @enum {string}
                 */
                readonly kind: 'metric' | 'topic' | 'email' | 'webhook'
                /** @description What it takes: alerts, potential-customers. */
                readonly topics: readonly string[]
                /** @description Only alerts of these kinds; empty: of all. */
                readonly alertKinds: readonly string[]
                /** @description Whether it is told that an alert no longer holds. */
                readonly withdrawals: boolean
                /** @description For the kind webhook. */
                readonly webhook: {
                  readonly url: string
                  /** @description Names of secrets, never the secrets: the variable `DELIVERY_SECRET_<NAME>`, or a file of that name in `DELIVERY_SECRETS_DIRECTORY`. A message is signed with each, so that a new secret may overlap with the old one. */
                  readonly secrets: readonly string[]
                } | null
                /** @description For the kind email. */
                readonly email: {
                  readonly to: readonly string[]
                  /** @description One mail every so many minutes, where there is anything to tell. */
                  readonly digestMinutes: number | null
                  /** @description One mail a day at this time, where there is anything to tell. */
                  readonly digestAt: string | null
                  /** @description Of `digestAt`, and of the times in mails. */
                  readonly timeZone: string
                } | null
                /** @description Nothing is sent any more. */
                readonly retired: boolean
                /** @description 0: the built-in default. */
                readonly version: number
                readonly changedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string | null
              }[]
            }
          }
        }
      }
    }
    readonly put?: never
    readonly post?: never
    readonly delete?: never
    readonly options?: never
    readonly head?: never
    readonly patch?: never
    readonly trace?: never
  }
  readonly '/channels/{name}': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: never
        readonly header?: never
        readonly path: {
          readonly name: string
        }
        readonly cookie?: never
      }
      readonly requestBody?: never
      readonly responses: {
        /** @description Default Response */
        readonly 200: {
          headers: {
            readonly [name: string]: unknown
          }
          content: {
            readonly 'application/json': {
              readonly name: string
              /**
               * @description metric: counts in `scoreline_alerts_total`; topic: the topic `notifications`; email; webhook.
               * @enum {string}
               */
              readonly kind: 'metric' | 'topic' | 'email' | 'webhook'
              /** @description What it takes: alerts, potential-customers. */
              readonly topics: readonly string[]
              /** @description Only alerts of these kinds; empty: of all. */
              readonly alertKinds: readonly string[]
              /** @description Whether it is told that an alert no longer holds. */
              readonly withdrawals: boolean
              /** @description For the kind webhook. */
              readonly webhook: {
                readonly url: string
                /** @description Names of secrets, never the secrets: the variable `DELIVERY_SECRET_<NAME>`, or a file of that name in `DELIVERY_SECRETS_DIRECTORY`. A message is signed with each, so that a new secret may overlap with the old one. */
                readonly secrets: readonly string[]
              } | null
              /** @description For the kind email. */
              readonly email: {
                readonly to: readonly string[]
                /** @description One mail every so many minutes, where there is anything to tell. */
                readonly digestMinutes: number | null
                /** @description One mail a day at this time, where there is anything to tell. */
                readonly digestAt: string | null
                /** @description Of `digestAt`, and of the times in mails. */
                readonly timeZone: string
              } | null
              /** @description Nothing is sent any more. */
              readonly retired: boolean
              /** @description 0: the built-in default. */
              readonly version: number
              readonly changedBy: string | null
              /**
               * Format: date-time
               * @description ISO 8601, UTC.
               */
              readonly changedAt: string | null
              /** @description All edited versions, newest first. */
              readonly history: readonly {
                readonly name: string
                /**
                 * @description metric: counts in `scoreline_alerts_total`; topic: the topic `notifications`; email; webhook.
                 * @enum {string}
                 */
                readonly kind: 'metric' | 'topic' | 'email' | 'webhook'
                /** @description What it takes: alerts, potential-customers. */
                readonly topics: readonly string[]
                /** @description Only alerts of these kinds; empty: of all. */
                readonly alertKinds: readonly string[]
                /** @description Whether it is told that an alert no longer holds. */
                readonly withdrawals: boolean
                /** @description For the kind webhook. */
                readonly webhook: {
                  readonly url: string
                  /** @description Names of secrets, never the secrets: the variable `DELIVERY_SECRET_<NAME>`, or a file of that name in `DELIVERY_SECRETS_DIRECTORY`. A message is signed with each, so that a new secret may overlap with the old one. */
                  readonly secrets: readonly string[]
                } | null
                /** @description For the kind email. */
                readonly email: {
                  readonly to: readonly string[]
                  /** @description One mail every so many minutes, where there is anything to tell. */
                  readonly digestMinutes: number | null
                  /** @description One mail a day at this time, where there is anything to tell. */
                  readonly digestAt: string | null
                  /** @description Of `digestAt`, and of the times in mails. */
                  readonly timeZone: string
                } | null
                /** @description Nothing is sent any more. */
                readonly retired: boolean
                /** @description 0: the built-in default. */
                readonly version: number
                readonly changedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string | null
              }[]
            }
          }
        }
      }
    }
    readonly put?: never
    readonly post?: never
    readonly delete?: never
    readonly options?: never
    readonly head?: never
    readonly patch?: never
    readonly trace?: never
  }
  readonly '/problems': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: never
        readonly header?: never
        readonly path?: never
        readonly cookie?: never
      }
      readonly requestBody?: never
      readonly responses: {
        /** @description Default Response */
        readonly 200: {
          headers: {
            readonly [name: string]: unknown
          }
          content: {
            readonly 'application/json': {
              readonly items: readonly {
                readonly type: string
                readonly status: number
                readonly title: string
                readonly help: string
              }[]
            }
          }
        }
      }
    }
    readonly put?: never
    readonly post?: never
    readonly delete?: never
    readonly options?: never
    readonly head?: never
    readonly patch?: never
    readonly trace?: never
  }
  readonly '/problems/{kind}': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: never
        readonly header?: never
        readonly path: {
          readonly kind: string
        }
        readonly cookie?: never
      }
      readonly requestBody?: never
      readonly responses: {
        /** @description Default Response */
        readonly 200: {
          headers: {
            readonly [name: string]: unknown
          }
          content: {
            readonly 'application/json': {
              readonly type: string
              readonly status: number
              readonly title: string
              readonly help: string
            }
          }
        }
      }
    }
    readonly put?: never
    readonly post?: never
    readonly delete?: never
    readonly options?: never
    readonly head?: never
    readonly patch?: never
    readonly trace?: never
  }
}
export interface components {
  schemas: {
    /**
     * Alert
     * @description Something that a person should act on; raised once and withdrawn when it no longer holds.
     */
    readonly alerts: {
      /** @description Unique per event; a repeated id is the same event again. */
      readonly id: string
      /**
       * Format: date-time
       * @description Event time.
       */
      readonly occurredAt: string
      /** @description The system that emitted the event, e.g. crm, core-banking, simulator. */
      readonly source: string
      /** @description potential-loan-customer, dormant-customer, invalid-visits, suspected-false-visits. */
      readonly kind: string
      readonly customerId: string
      readonly subjectId: string
      /** @description False: it was withdrawn. */
      readonly raised: boolean
      readonly text: string
      readonly probability: number | null
      readonly threshold: number | null
      /** @description Why the probability is what it is, the largest contribution first. */
      readonly reasons: readonly {
        readonly feature: string
        /** @description null if unknown. */
        readonly value: number | null
        /** @description To the margin: the log-odds of a probability, or the estimate itself. */
        readonly contribution: number
        readonly words: string
      }[]
      /** @description null: it is not known. */
      readonly customerName: string | null
    }
    /**
     * Priority
     * @description A list of whom to visit first, best first.
     */
    readonly priorities: {
      /** @description Unique per event; a repeated id is the same event again. */
      readonly id: string
      /**
       * Format: date-time
       * @description Event time.
       */
      readonly occurredAt: string
      /** @description The system that emitted the event, e.g. crm, core-banking, simulator. */
      readonly source: string
      /** @enum {string} */
      readonly scope: 'salesperson' | 'team' | 'overall'
      /** @description The salesperson, the team, or `all`. */
      readonly owner: string
      /** @description The hundred best by probability and the hundred best by expected value, in order of probability. */
      readonly entries: readonly {
        readonly opportunityId: string
        readonly customerId: string
        readonly salespersonId: string
        readonly probability: number
        /**
         * Format: date-time
         * @description ISO 8601, UTC.
         */
        readonly scoredAt: string
        /** @description Place by probability, from 1 on, of equals the smaller id first; null: not among the hundred best. */
        readonly rank: number | null
        /** @description Place by expected value, of equals the higher probability and then the smaller id first; null: not among the hundred best. */
        readonly valueRank: number | null
        /** @description What speaks for a visit; null: told by an older version. */
        readonly outlook: {
          /** @description Visits so far. */
          readonly visitCount: number
          /**
           * Format: date-time
           * @description null: never visited.
           */
          readonly lastVisitAt: string | null
          /** @description Change of the probability with the last visit; null: there was none before, or another model scored it. */
          readonly trend: number | null
          /** @description Nobody was there yet: the probability is the one of the planning setting. */
          readonly probabilityAssumed: boolean
          /** @description What the opportunity is worth, in minor units of `currency`. */
          readonly worthMinor: number
          /**
           * @description told: as the CRM says; converted: by the rate of the planning setting; assumed: no value, or no rate for its currency.
           * @enum {string}
           */
          readonly worthFrom: 'assumed' | 'told' | 'converted'
          /** @description Currency of the organisation. */
          readonly currency: string
          /** @description Factor by the time since the last visit and until the planned close. */
          readonly urgency: number
          /** @description probability × worth × urgency − cost of a visit, rounded to minor units of `currency`. */
          readonly expectedValueMinor: number
          /** @description In words for a salesperson. */
          readonly reasons: readonly string[]
          /** @description What to do next, for machines and for people. */
          readonly action: {
            /** @description As docs/priorities.md lists them. */
            readonly code: string
            readonly text: string
          }
        } | null
        /** @description null: it is not known. */
        readonly customerName: string | null
      }[]
      /** @description Ranked open opportunities behind the list, which may be shorter. */
      readonly openCount: number
    }
    /**
     * Assessment
     * @description The policy's verdict on the visits of an opportunity; published when it changes.
     */
    readonly assessments: {
      /** @description Unique per event; a repeated id is the same event again. */
      readonly id: string
      /**
       * Format: date-time
       * @description Event time.
       */
      readonly occurredAt: string
      /** @description The system that emitted the event, e.g. crm, core-banking, simulator. */
      readonly source: string
      readonly opportunityId: string
      readonly customerId: string
      readonly salespersonId: string | null
      /**
       * @description fine, invalid or suspected_false.
       * @enum {string}
       */
      readonly verdict: 'fine' | 'invalid' | 'suspected_false'
      readonly reasons: readonly {
        readonly code: string
        readonly text: string
      }[]
      readonly visitCount: number
      readonly probability: number | null
      /** @description Version of the policy that was applied; 0: the built-in default. */
      readonly policyVersion: number
      /** @description null: it is not known. */
      readonly customerName: string | null
    }
    /**
     * Score
     * @description A model's probability or estimate, with everything that the model saw.
     */
    readonly scores: {
      /** @description Unique per event; a repeated id is the same event again. */
      readonly id: string
      /**
       * Format: date-time
       * @description Event time.
       */
      readonly occurredAt: string
      /** @description The system that emitted the event, e.g. crm, core-banking, simulator. */
      readonly source: string
      /** @description conversion, loan-demand, call-conversion, … */
      readonly task: string
      /** @description The opportunity or the customer. */
      readonly subjectId: string
      readonly customerId: string
      readonly opportunityId: string | null
      readonly salespersonId: string | null
      /** @description Visits of the opportunity so far, for conversion. */
      readonly visitCount: number | null
      /** @description null: no model is released for the task. */
      readonly probability: number | null
      readonly modelId: string | null
      /** @description Why there is no probability. */
      readonly absent: string | null
      /** @description Name and version of the feature set that names the numbers of the row. */
      readonly featureSet: string
      /** @description When each line of the text was written; null if its lines have no times of their own. */
      readonly lineTimes: readonly string[] | null
      /** @description The record that caused the score; null for a sweep after a change of model or policy. */
      readonly inputTopic: string | null
      readonly inputPartition: number | null
      readonly inputOffset: number | null
      /** @description The id of the record of customer-features whose values are the row; null: the row is in this record. */
      readonly featuresId: string | null
      /** @description null: it is not known. */
      readonly customerName: string | null
    }
  }
  responses: never
  parameters: never
  requestBodies: never
  headers: never
  pathItems: never
}
