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
                /** @description Something that needs attention although the part is ready, such as a channel that rejects messages. */
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
              /** @description null if the data has no simulated customers, so that times are wall-clock times. */
              readonly simulation: {
                /**
                 * Format: date-time
                 * @description The simulated time; null if nothing has happened in the simulation yet.
                 */
                readonly now: string | null
                /** @description Speed relative to the wall clock; null if the simulator runs in another process. */
                readonly speed: number | null
              } | null
              /** @description null if the processors run in another process; see its metrics. */
              readonly stream: {
                readonly eventsPerSecond: number
                readonly scoresPerSecond: number
                /** @description Records written and not yet processed. */
                readonly lag: number
                /** @description Time from the write of a record to the commit of its results; null if nothing was committed recently. */
                readonly latencyMsMedian: number | null
                readonly latencyMsP99: number | null
                readonly tasks: number
                /** @description Since the process started. */
                readonly deadLetters: number
                /** @description Events dropped as duplicates by id since the process started, counted by each processor that reads them. */
                readonly duplicates: number
              } | null
              readonly sink: {
                /**
                 * Format: date-time
                 * @description Everything published up to this time is in the database; null if the sink has not reported yet.
                 */
                readonly asOf: string | null
                readonly ageSeconds: number | null
              }
              readonly globals: {
                /**
                 * Format: date-time
                 * @description Releases, policies, thresholds and dictionaries are known up to this time.
                 */
                readonly asOf: string
                readonly ageSeconds: number
              }
              /** @description Records of the last 7 days that were deleted before they were read; see /gaps. */
              readonly gaps: {
                readonly count: number
                readonly offsets: number
              }
              readonly parts: readonly {
                readonly part: string
                readonly ready: boolean
                /** @description Why it is not ready. */
                readonly reason: string | null
                /** @description Something that needs attention although the part is ready, such as a channel that rejects messages. */
                readonly warning: string | null
              }[]
              readonly tasks: readonly {
                readonly task: string
                readonly modelId: string | null
                readonly algorithm: string | null
                /** @description Why the task is not scored, if it has no model. */
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
          /** @description Part of the name or id. */
          readonly query?: string
          /** @description Customers with whom the team has an opportunity. */
          readonly teamId?: string
          readonly limit?: number
          /** @description The `next` of the previous page; 404 if it belongs to another list. */
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
                /** @description The system that sent the profile; `simulator` for a simulated customer. */
                readonly source: string | null
                /**
                 * Format: date-time
                 * @description Event time of the newest features.
                 */
                readonly featuresAt: string | null
              }[]
              /** @description Send it as `after` to get the next page; null on the last page. */
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
        readonly query?: {
          /** @description Without what belongs to other teams’ opportunities. */
          readonly teamId?: string
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
              readonly name: string | null
              readonly segment: string | null
              readonly residence: string | null
              /** @description The system that sent the profile; `simulator` for a simulated customer. */
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
              /** @description The newest score of each task and subject, with the row that the model saw. */
              readonly scores: readonly {
                /** @description Unique per event; an event with a repeated id is a duplicate. */
                readonly id: string
                /**
                 * Format: date-time
                 * @description Event time. ISO 8601, UTC.
                 */
                readonly occurredAt: string
                /** @description Task: conversion, loan-demand, call-conversion, … */
                readonly task: string
                /** @description Id of the opportunity or the customer. */
                readonly subjectId: string
                readonly customerId: string
                readonly opportunityId: string | null
                readonly salespersonId: string | null
                /** @description Number of visits of the opportunity so far; only for conversion. */
                readonly visitCount: number | null
                /** @description null if no model has scored it. */
                readonly probability: number | null
                readonly modelId: string | null
                /** @description Why there is no probability. */
                readonly absent: string | null
                /** @description Name and version of the feature set that names the numbers of the row. */
                readonly featureSet: string
                /** @description Topic of the record that caused the score; null for a sweep after a change of model or policy. */
                readonly inputTopic: string | null
                readonly inputPartition: number | null
                readonly inputOffset: number | null
                /** @description Id of the customer-features record whose values are the row; null if the row is in this record. */
                readonly featuresId: string | null
                /** @description Probability with which the task acts on a subject with this score: 1 from its threshold on, below it the explored share; null if unknown. */
                readonly propensity: number | null
                /** @description Whether the task acts on the subject, so that there will be a label; null if unknown. */
                readonly acted: boolean | null
                readonly customerName: string | null
                /** @description Values by feature name; null if unknown. */
                readonly row?: {
                  readonly [key: string]: number | null
                }
                /** @description Text that the model read; null if it reads none. */
                readonly text?: string | null
              }[]
              readonly alerts: readonly {
                /** @description Unique per event; an event with a repeated id is a duplicate. */
                readonly id: string
                /**
                 * Format: date-time
                 * @description Event time. ISO 8601, UTC.
                 */
                readonly occurredAt: string
                /** @description potential-loan-customer, dormant-customer, invalid-visits, suspected-false-visits, policy-held, invalid-visit, suspected-false-visit; another version may have raised other kinds. */
                readonly kind: string
                readonly customerId: string
                readonly subjectId: string
                /** @description Whether the alert is raised; false: it was withdrawn. */
                readonly raised: boolean
                readonly text: string
                /** @description null if no model has scored it. */
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
                /** @description Unique per event; an event with a repeated id is a duplicate. */
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
                /** @description null if no model has scored it. */
                readonly probability: number | null
                /** @description Version of the policy that was applied; 0: the built-in default. */
                readonly policyVersion: number
                readonly customerName: string | null
                /** @description Summary of the evidence against its visits (`GET /visits`). */
                readonly visits: {
                  readonly suspectedFalse: number
                  readonly invalid: number
                  /** @description Highest score of any of its visits, 0 to 1. */
                  readonly falseScoreMax: number
                  readonly invalidScoreMax: number
                }
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
                /** @description Stage: first contact, sale, contract, retention, or as the CRM names it. */
                readonly stage: string | null
                readonly status: string
                /** @description Expected value in minor units of the currency. */
                readonly valueMinor: number | null
                /** @description ISO 4217. */
                readonly currency: string | null
                /**
                 * Format: date-time
                 * @description When the decision is expected; null if not reported. ISO 8601, UTC.
                 */
                readonly plannedCloseAt: string | null
                readonly customerName: string | null
                /** @description null if no model has scored it. */
                readonly probability: number | null
                readonly visitCount: number | null
                /** @description Verdict of the policy on its visits; null if never flagged. */
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
  readonly '/features/{customer}': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: {
          /** @description Features to return; default: all. A feature that the customer’s version of the set lacks is null. Separated by commas. */
          readonly names?: string
        }
        readonly header?: never
        readonly path: {
          readonly customer: string
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
              /** @description Name and version of the feature set. */
              readonly featureSet: string
              /**
               * Format: date-time
               * @description Event time of the newest event that the features include.
               */
              readonly occurredAt: string
              /** @description Values by feature name; null if unknown. */
              readonly features: {
                readonly [key: string]: number | null
              }
              /**
               * Format: date-time
               * @description All features published up to this time are served; null if not known yet after a start.
               */
              readonly asOf: string | null
              /** @description Age of asOf in seconds. */
              readonly ageSeconds: number | null
              /** @description Published records that are not served yet. */
              readonly recordsBehind: number | null
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
  readonly '/customers/{id}/timeline': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: {
          /** @description payments: also purchases; records: changes of assets, credit lines and the profile; score: marked changes from day to day. */
          readonly kind?: 'case' | 'alert' | 'score' | 'visit' | 'call' | 'interactions' | 'payments' | 'records'
          /** @description Without the visits, cases and scores of other salespeople’s opportunities. */
          readonly salespersonId?: string
          /** @description Without the visits, cases and scores of other teams’ opportunities. */
          readonly teamId?: string
          /** @description Minutes that the reader’s clock is ahead of UTC: events and scores are summed up by its days. */
          readonly utcOffsetMinutes?: number
          readonly limit?: number
          /** @description The `next` of the previous page; 404 if it belongs to another list. */
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
                readonly id: string
                /** @enum {string} */
                readonly kind: 'case' | 'alert' | 'score' | 'visit' | 'call' | 'interactions' | 'payments' | 'records'
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly occurredAt: string
                readonly visit: {
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
                  /** @description fine, invalid or suspected_false. */
                  readonly verdict: string
                  /** @description Whether the visit is or was under review. */
                  readonly hasCase: boolean
                } | null
                readonly call: {
                  readonly callId: string
                  readonly direction: string
                  readonly answered: boolean
                  readonly durationS: number
                  readonly campaign: string | null
                  /** @description Outcome, a code of /dispositions; null if none was reported. */
                  readonly disposition: string | null
                  /** @description Whether the customer bought; null if it is not known yet. */
                  readonly converted: boolean | null
                  /** @description Whether there is a live call with this id. */
                  readonly hasSession: boolean
                } | null
                readonly events: {
                  readonly topic: string
                  /** @description Number of events on that day. */
                  readonly events: number
                } | null
                readonly score: {
                  readonly task: string
                  readonly opportunityId: string | null
                  /** @description At the end of the last day with a score; null for the first. */
                  readonly before: number | null
                  readonly probability: number
                } | null
                readonly alert: {
                  readonly kind: string
                  readonly subjectId: string
                  readonly raised: boolean
                  readonly text: string
                } | null
                readonly case: {
                  readonly visitId: string
                  /**
                   * Format: date-time
                   * @description ISO 8601, UTC.
                   */
                  readonly visitedAt: string
                  /** @description confirmed, harmless or dismissed. */
                  readonly decision: string
                  /** @description What was decided on: false or invalid. */
                  readonly claim: string | null
                  readonly decidedBy: string | null
                } | null
              }[]
              /** @description Send it as `after` to get the next page; null on the last page. */
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
          readonly kind?:
            | 'potential-loan-customer'
            | 'dormant-customer'
            | 'invalid-visits'
            | 'suspected-false-visits'
            | 'policy-held'
            | 'invalid-visit'
            | 'suspected-false-visit'
          readonly raised?: boolean
          readonly customerId?: string
          /** @description Alerts on customers, opportunities and visits of the team. */
          readonly teamId?: string
          readonly limit?: number
          /** @description The `next` of the previous page; 404 if it belongs to another list. */
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
                /** @description Unique per event; an event with a repeated id is a duplicate. */
                readonly id: string
                /**
                 * Format: date-time
                 * @description Event time. ISO 8601, UTC.
                 */
                readonly occurredAt: string
                /** @description potential-loan-customer, dormant-customer, invalid-visits, suspected-false-visits, policy-held, invalid-visit, suspected-false-visit; another version may have raised other kinds. */
                readonly kind: string
                readonly customerId: string
                readonly subjectId: string
                /** @description Whether the alert is raised; false: it was withdrawn. */
                readonly raised: boolean
                readonly text: string
                /** @description null if no model has scored it. */
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
              /** @description Send it as `after` to get the next page; null on the last page. */
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
          /** @description The `next` of the previous page; 404 if it belongs to another list. */
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
                /** @description Stage: first contact, sale, contract, retention, or as the CRM names it. */
                readonly stage: string | null
                readonly status: string
                /** @description Expected value in minor units of the currency. */
                readonly valueMinor: number | null
                /** @description ISO 4217. */
                readonly currency: string | null
                /**
                 * Format: date-time
                 * @description When the decision is expected; null if not reported. ISO 8601, UTC.
                 */
                readonly plannedCloseAt: string | null
                readonly customerName: string | null
                /** @description null if no model has scored it. */
                readonly probability: number | null
                readonly visitCount: number | null
                /** @description Verdict of the policy on its visits; null if never flagged. */
                readonly verdict: string | null
              }[]
              /** @description Send it as `after` to get the next page; null on the last page. */
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
          /** @description The team or the salesperson; omit it for overall. */
          readonly owner?: string
          /** @description By the probability of success, or by the expected value of a visit: probability × value × urgency − cost. */
          readonly order?: 'probability' | 'value'
          /** @description Whether to explain the scores of the first 10 entries by the model in use: features, visits and words. */
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
              /** @description Open opportunities that were ranked; the list has the best hundred. */
              readonly openCount: number
              /**
               * Format: date-time
               * @description Event time of the last event that changed the list.
               */
              readonly publishedAt: string | null
              /** @description Why the list is empty, or lacks opportunities that were visited. */
              readonly absent: string | null
              readonly entries: readonly {
                /** @description Position in the requested order, from 1. */
                readonly place: number
                readonly opportunityId: string
                readonly customerId: string
                readonly customerName: string | null
                readonly salespersonId: string
                readonly teamId: string | null
                readonly product: string | null
                readonly stage: string | null
                /** @description Value from the CRM, in minor units of `currency`. */
                readonly valueMinor: number | null
                readonly currency: string | null
                /** @description Rank by probability; null if not among the best hundred. */
                readonly rank: number | null
                /** @description Rank by expected value; null if not among the best hundred. */
                readonly valueRank: number | null
                readonly probability: number
                /** @description Whether the probability is the one assumed in the planning setting, because nobody has visited yet. */
                readonly probabilityAssumed: boolean
                /** @description Change of the probability with the last visit; null if unknown. */
                readonly trend: number | null
                readonly visitCount: number | null
                /**
                 * Format: date-time
                 * @description null if never visited.
                 */
                readonly lastVisitAt: string | null
                /** @description Whole days since the last visit; null if never visited. */
                readonly daysSinceVisit: number | null
                /** @description Value in the currency of the organisation: from the CRM, converted, or assumed. */
                readonly worthMinor: number | null
                /** @description Source of the value: told (from the CRM), converted or assumed. */
                readonly worthFrom: string | null
                readonly worthCurrency: string | null
                readonly urgency: number | null
                /** @description probability × worth × urgency − cost of a visit, in minor units of `worthCurrency`. */
                readonly expectedValueMinor: number | null
                /** @description Reasons for or against a visit, in words. */
                readonly reasons: readonly string[]
                readonly action: {
                  /** @description One of the codes in docs/priorities.md. */
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
                  /** @description The base margin, without any contribution; null for a model that can’t be explained. */
                  readonly base: number | null
                  /** @description The largest contributions, largest first. */
                  readonly reasons: readonly {
                    readonly feature: string
                    /** @description null if unknown. */
                    readonly value: number | null
                    /** @description Contribution to the margin: the log-odds of a probability, or the estimate itself. The contributions and the base add up to the margin. */
                    readonly contribution: number
                    readonly words: string
                    /** @description Names of things that are hashed into the feature, at most three; empty if there are none. */
                    readonly names: readonly string[]
                    /** @description What the value usually is; null if unknown, or without a noticeable difference. */
                    readonly usual: number | null
                  }[]
                  /** @description null if the model reads no text, or text reasons were not requested. */
                  readonly textReasons: {
                    /** @description Largest contribution first. */
                    readonly lines: readonly {
                      /** @description Line of the text, from 0; each line is a visit. */
                      readonly line: number
                      readonly text: string
                      /** @description How much the log-odds of the score would decrease without it. */
                      readonly effect: number
                    }[]
                    /** @description Words of the lines that contribute most. */
                    readonly words: readonly {
                      /** @description Line of the text, from 0; each line is a visit. */
                      readonly line: number
                      readonly text: string
                      /** @description How much the log-odds of the score would decrease without it. */
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
        readonly query?: {
          /** @description Only the team, and salespeople whose open opportunities are all the team’s. */
          readonly teamId?: string
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
          /** @description Number of visits that fit into the day. */
          readonly visits?: number
          /** @description Longest distance to travel in the day, in kilometres. */
          readonly kmMax?: number
          /** @description Where the day begins and ends: latitude,longitude. Without it only the distance between customers counts. */
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
              /** @description Number of visits requested. */
              readonly visits: number
              /** @description Currency of all amounts. */
              readonly currency: string
              /**
               * Format: date-time
               * @description Event time of the list that the plan is made from.
               */
              readonly publishedAt: string | null
              /** @description Distance including the way back to the start, with an assumed distance to each unknown place. */
              readonly km: number
              readonly wayCostMinor: number
              /** @description Expected value of all visits, before travel costs. */
              readonly expectedValueMinor: number
              /** @description In travel order, followed by stops without a known place. */
              readonly stops: readonly {
                /** @description Position in the day, from 1. */
                readonly place: number
                /** @description Where to meet the customer; null if no place is known. */
                readonly at: {
                  readonly placeId: string
                  readonly name: string | null
                  readonly latitude: number
                  readonly longitude: number
                } | null
                /** @description Distance from the previous stop or the start; null if unknown. */
                readonly km: number | null
                readonly opportunityId: string
                readonly customerId: string
                readonly customerName: string | null
                readonly salespersonId: string
                readonly teamId: string | null
                readonly product: string | null
                readonly stage: string | null
                /** @description Value from the CRM, in minor units of `currency`. */
                readonly valueMinor: number | null
                readonly currency: string | null
                /** @description Rank by probability; null if not among the best hundred. */
                readonly rank: number | null
                /** @description Rank by expected value; null if not among the best hundred. */
                readonly valueRank: number | null
                readonly probability: number
                /** @description Whether the probability is the one assumed in the planning setting, because nobody has visited yet. */
                readonly probabilityAssumed: boolean
                /** @description Change of the probability with the last visit; null if unknown. */
                readonly trend: number | null
                readonly visitCount: number | null
                /**
                 * Format: date-time
                 * @description null if never visited.
                 */
                readonly lastVisitAt: string | null
                /** @description Whole days since the last visit; null if never visited. */
                readonly daysSinceVisit: number | null
                /** @description Value in the currency of the organisation: from the CRM, converted, or assumed. */
                readonly worthMinor: number | null
                /** @description Source of the value: told (from the CRM), converted or assumed. */
                readonly worthFrom: string | null
                readonly worthCurrency: string | null
                readonly urgency: number | null
                /** @description probability × worth × urgency − cost of a visit, in minor units of `worthCurrency`. */
                readonly expectedValueMinor: number | null
                /** @description Reasons for or against a visit, in words. */
                readonly reasons: readonly string[]
                readonly action: {
                  /** @description One of the codes in docs/priorities.md. */
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
              /** @description The totals of as many visits in the order of the list by expected value, for comparison. */
              readonly listOrder: {
                /** @description Distance including the way back to the start, with an assumed distance to each unknown place. */
                readonly km: number
                readonly wayCostMinor: number
                /** @description Expected value of all visits, before travel costs. */
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
  readonly '/salespeople/{id}/list-changes': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: {
          /** @description Event time to compare with; default: a day ago. */
          readonly since?: string
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
              /**
               * Format: date-time
               * @description ISO 8601, UTC.
               */
              readonly since: string
              /** @description New ones, then those that are gone, then the largest moves; at most 200. */
              readonly items: readonly {
                /**
                 * @description `up` and `down`: by probability or, if that is the same, by rank.
                 * @enum {unknown}
                 */
                readonly change: 'new' | 'gone' | 'up' | 'down'
                readonly opportunityId: string
                readonly customerId: string
                readonly customerName: string | null
                readonly product: string | null
                /** @description Status of the opportunity; null if the CRM has not reported one. */
                readonly status: string | null
                /** @description null if it is gone. */
                readonly probability: number | null
                /** @description null if it is new. */
                readonly probabilityBefore: number | null
                /** @description Rank by probability; null if it is gone or not among the hundred best. */
                readonly rank: number | null
                /** @description null if it is new. */
                readonly rankBefore: number | null
              }[]
              /** @description All changes; there may be fewer items. */
              readonly changed: number
              /** @description Listed opportunities with the same probability and rank as then. */
              readonly unchanged: number
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
              /** @description The base margin, without any contribution; null for a model that can’t be explained. */
              readonly base: number | null
              /** @description The largest contributions, largest first. */
              readonly reasons: readonly {
                readonly feature: string
                /** @description null if unknown. */
                readonly value: number | null
                /** @description Contribution to the margin: the log-odds of a probability, or the estimate itself. The contributions and the base add up to the margin. */
                readonly contribution: number
                readonly words: string
                /** @description Names of things that are hashed into the feature, at most three; empty if there are none. */
                readonly names: readonly string[]
                /** @description What the value usually is; null if unknown, or without a noticeable difference. */
                readonly usual: number | null
              }[]
              /** @description null if the model reads no text, or text reasons were not requested. */
              readonly textReasons: {
                /** @description Largest contribution first. */
                readonly lines: readonly {
                  /** @description Line of the text, from 0; each line is a visit. */
                  readonly line: number
                  readonly text: string
                  /** @description How much the log-odds of the score would decrease without it. */
                  readonly effect: number
                }[]
                /** @description Words of the lines that contribute most. */
                readonly words: readonly {
                  /** @description Line of the text, from 0; each line is a visit. */
                  readonly line: number
                  readonly text: string
                  /** @description How much the log-odds of the score would decrease without it. */
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
          /** @description `fine` selects assessments that were flagged before. */
          readonly verdict?: 'fine' | 'invalid' | 'suspected_false'
          readonly customerId?: string
          readonly salespersonId?: string
          /** @description Team of the opportunity. */
          readonly teamId?: string
          readonly limit?: number
          /** @description The `next` of the previous page; 404 if it belongs to another list. */
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
                /** @description Unique per event; an event with a repeated id is a duplicate. */
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
                /** @description null if no model has scored it. */
                readonly probability: number | null
                /** @description Version of the policy that was applied; 0: the built-in default. */
                readonly policyVersion: number
                readonly customerName: string | null
                /** @description Summary of the evidence against its visits (`GET /visits`). */
                readonly visits: {
                  readonly suspectedFalse: number
                  readonly invalid: number
                  /** @description Highest score of any of its visits, 0 to 1. */
                  readonly falseScoreMax: number
                  readonly invalidScoreMax: number
                }
              }[]
              /** @description Send it as `after` to get the next page; null on the last page. */
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
  readonly '/visits': {
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
          /** @description Team of the opportunity. */
          readonly teamId?: string
          readonly opportunityId?: string
          readonly verdict?: 'fine' | 'invalid' | 'suspected_false'
          /** @description Visits with at least this false score. */
          readonly minFalseScore?: number
          /** @description Visits with at least this invalid score. */
          readonly minInvalidScore?: number
          /** @description Visits at or after this time. */
          readonly from?: string
          /** @description Visits before this time. */
          readonly to?: string
          readonly limit?: number
          /** @description The `next` of the previous page; 404 if it belongs to another list. */
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
                /** @description The system that emitted the event, e.g. crm, core-banking, simulator. */
                readonly source: string
                /** @description Id of the visit; a correction of its record has the same id and a higher revision. */
                readonly visitId: string
                /** @description The highest revision of a visit applies, whatever the order of arrival. */
                readonly revision: number
                /** @description Whether the record was deleted in the CRM. */
                readonly withdrawn: boolean
                readonly opportunityId: string
                readonly customerId: string
                readonly salespersonId: string
                /** @description The customer's feedback as the salesperson wrote it. */
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
                /** @description Where the salesperson checked out. */
                readonly checkOutPlace: {
                  /** @description Latitude in degrees, north positive. An impossible position counts as none. */
                  readonly latitude: number
                  /** @description Longitude in degrees, east positive. */
                  readonly longitude: number
                  /** @description Accuracy radius in metres, as the device estimates it; null if not reported. */
                  readonly accuracyM: number | null
                  /** @description Age of the position in seconds when it was used; null if not reported. */
                  readonly ageS: number | null
                  /** @description Whether the device reports that an app made the position up; null if not reported. */
                  readonly mocked: boolean | null
                } | null
                /**
                 * Format: date-time
                 * @description When the report was entered in the CRM. ISO 8601, UTC.
                 */
                readonly enteredAt: string | null
                /**
                 * Format: date-time
                 * @description Planned start of the visit. ISO 8601, UTC.
                 */
                readonly plannedFrom: string | null
                /**
                 * Format: date-time
                 * @description Planned end of the visit. ISO 8601, UTC.
                 */
                readonly plannedUntil: string | null
                /** @description Device that checked in. */
                readonly deviceId: string | null
                /** @description Hash of the photo that was taken; equal photos have equal hashes. */
                readonly photoHash: string | null
                readonly customerName: string | null
                /** @description Latitude of the check-in as reported by the device; it may be impossible. */
                readonly latitude: number | null
                readonly longitude: number | null
                readonly accuracyM: number | null
                readonly positionAgeS: number | null
                readonly mocked: boolean | null
                readonly verdict: string
                /** @description Score that the visit did not happen as reported, 0 to 1: a weighted sum of evidence, or the probability of the released model. */
                readonly falseScore: number
                /** @description Score that the visit happened but moved nothing, 0 to 1: a weighted sum of evidence. */
                readonly invalidScore: number
                /** @description Evidence, the strongest first. */
                readonly evidence: readonly {
                  /** @description Kind of evidence, as listed in docs/visits.md. */
                  readonly kind: string
                  /** @description Strength of the evidence, 0 to 1. */
                  readonly score: number
                  /** @description One sentence for a controller, with the figures. */
                  readonly text: string
                  /** @description Id of the other visit; null if the evidence is about one visit. */
                  readonly with: string | null
                }[]
                /** @description Version of the policy that was applied; 0: the built-in default. */
                readonly policyVersion: number
                /** @description Id of the model that gave the false score as a probability; null: the weights of the policy. */
                readonly modelId: string | null
                /** @description Reasons of the model, the largest contribution first. */
                readonly reasons: readonly {
                  readonly feature: string
                  /** @description Value of the feature; null if unknown. */
                  readonly value: number | null
                  /** @description Contribution to the margin: the log-odds of a probability, or the estimate itself. */
                  readonly contribution: number
                  readonly words: string
                }[]
                /** @description Number of visits of the opportunity up to this one, when evidence was found; null if unknown. */
                readonly visitCount: number | null
                /** @description Conversion probability of the opportunity after the visit, when evidence was found; null if unknown. */
                readonly conversionProbability: number | null
              }[]
              /** @description Send it as `after` to get the next page; null on the last page. */
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
  readonly '/visits/{id}': {
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
              /**
               * Format: date-time
               * @description Event time. ISO 8601, UTC.
               */
              readonly occurredAt: string
              /** @description The system that emitted the event, e.g. crm, core-banking, simulator. */
              readonly source: string
              /** @description Id of the visit; a correction of its record has the same id and a higher revision. */
              readonly visitId: string
              /** @description The highest revision of a visit applies, whatever the order of arrival. */
              readonly revision: number
              /** @description Whether the record was deleted in the CRM. */
              readonly withdrawn: boolean
              readonly opportunityId: string
              readonly customerId: string
              readonly salespersonId: string
              /** @description The customer's feedback as the salesperson wrote it. */
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
              /** @description Where the salesperson checked out. */
              readonly checkOutPlace: {
                /** @description Latitude in degrees, north positive. An impossible position counts as none. */
                readonly latitude: number
                /** @description Longitude in degrees, east positive. */
                readonly longitude: number
                /** @description Accuracy radius in metres, as the device estimates it; null if not reported. */
                readonly accuracyM: number | null
                /** @description Age of the position in seconds when it was used; null if not reported. */
                readonly ageS: number | null
                /** @description Whether the device reports that an app made the position up; null if not reported. */
                readonly mocked: boolean | null
              } | null
              /**
               * Format: date-time
               * @description When the report was entered in the CRM. ISO 8601, UTC.
               */
              readonly enteredAt: string | null
              /**
               * Format: date-time
               * @description Planned start of the visit. ISO 8601, UTC.
               */
              readonly plannedFrom: string | null
              /**
               * Format: date-time
               * @description Planned end of the visit. ISO 8601, UTC.
               */
              readonly plannedUntil: string | null
              /** @description Device that checked in. */
              readonly deviceId: string | null
              /** @description Hash of the photo that was taken; equal photos have equal hashes. */
              readonly photoHash: string | null
              readonly customerName: string | null
              /** @description Latitude of the check-in as reported by the device; it may be impossible. */
              readonly latitude: number | null
              readonly longitude: number | null
              readonly accuracyM: number | null
              readonly positionAgeS: number | null
              readonly mocked: boolean | null
              readonly verdict: string
              /** @description Score that the visit did not happen as reported, 0 to 1: a weighted sum of evidence, or the probability of the released model. */
              readonly falseScore: number
              /** @description Score that the visit happened but moved nothing, 0 to 1: a weighted sum of evidence. */
              readonly invalidScore: number
              /** @description Evidence, the strongest first. */
              readonly evidence: readonly {
                /** @description Kind of evidence, as listed in docs/visits.md. */
                readonly kind: string
                /** @description Strength of the evidence, 0 to 1. */
                readonly score: number
                /** @description One sentence for a controller, with the figures. */
                readonly text: string
                /** @description Id of the other visit; null if the evidence is about one visit. */
                readonly with: string | null
              }[]
              /** @description Version of the policy that was applied; 0: the built-in default. */
              readonly policyVersion: number
              /** @description Id of the model that gave the false score as a probability; null: the weights of the policy. */
              readonly modelId: string | null
              /** @description Reasons of the model, the largest contribution first. */
              readonly reasons: readonly {
                readonly feature: string
                /** @description Value of the feature; null if unknown. */
                readonly value: number | null
                /** @description Contribution to the margin: the log-odds of a probability, or the estimate itself. */
                readonly contribution: number
                readonly words: string
              }[]
              /** @description Number of visits of the opportunity up to this one, when evidence was found; null if unknown. */
              readonly visitCount: number | null
              /** @description Conversion probability of the opportunity after the visit, when evidence was found; null if unknown. */
              readonly conversionProbability: number | null
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
  readonly '/customers/{id}/places': {
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
              readonly known: readonly {
                /**
                 * Format: date-time
                 * @description Event time. ISO 8601, UTC.
                 */
                readonly occurredAt: string
                /** @description The system that emitted the event, e.g. crm, core-banking, simulator. */
                readonly source: string
                /** @description Id of the place; a correction has the same id and a higher revision. */
                readonly placeId: string
                /** @description The highest revision applies. */
                readonly revision: number
                /** @description Whether the place is deleted as wrong. For a place that is no longer used, set validUntil. */
                readonly withdrawn: boolean
                readonly customerId: string
                /** @description Name that people use, such as head office. */
                readonly name: string | null
                /** @description Latitude in degrees, north positive, WGS 84. An impossible position is ignored. */
                readonly latitude: number
                /** @description Longitude in degrees, east positive. */
                readonly longitude: number
                /** @description Radius of the grounds in metres; null: as the policy states. */
                readonly radiusM: number | null
                /**
                 * Format: date-time
                 * @description Start of validity; null: none. ISO 8601, UTC.
                 */
                readonly validFrom: string | null
                /**
                 * Format: date-time
                 * @description End of validity; null: none. ISO 8601, UTC.
                 */
                readonly validUntil: string | null
              }[]
              /** @description Places where the customer was met on at least three days and that are not known yet, for people to add. */
              readonly proposed: readonly {
                /** @description Centre of the check-ins, in WGS 84 degrees, north positive. */
                readonly latitude: number
                readonly longitude: number
                /** @description Days with check-ins there, of visits that are not flagged. */
                readonly days: number
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
  readonly '/cases': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: {
          /** @description `undecided`: open, assigned, answered or proposed. */
          readonly status?:
            'undecided' | 'open' | 'assigned' | 'answered' | 'proposed' | 'decided' | 'closed' | 'withdrawn' | 'lapsed'
          readonly verdict?: 'fine' | 'invalid' | 'suspected_false'
          readonly origin?: 'flagged' | 'sampled'
          /** @description Salesperson of the visit. */
          readonly salespersonId?: string
          /** @description Team of the opportunity. */
          readonly teamId?: string
          readonly customerId?: string
          readonly reviewer?: string
          readonly overdue?: boolean
          readonly snoozed?: boolean
          /** @description `loss`, the default: largest expected loss first; `newest`: newest first; `due`: earliest due date first. */
          readonly order?: 'loss' | 'newest' | 'due'
          readonly limit?: number
          /** @description The `next` of the previous page; 404 if it belongs to another list. */
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
                /** @description Unique per event; an event with a repeated id is a duplicate. */
                readonly id: string
                /**
                 * Format: date-time
                 * @description Event time. ISO 8601, UTC.
                 */
                readonly occurredAt: string
                /** @description Id of the visit; each visit has one case at most. */
                readonly visitId: string
                readonly customerId: string
                readonly opportunityId: string
                readonly salespersonId: string
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly visitedAt: string
                /** @description Number of everything that happened to the case, refusals included. */
                readonly step: number
                /** @description Increases with every change except refusals; an act states the revision that it was made on. */
                readonly revision: number
                readonly status: string
                /** @description flagged by the policy, or sampled at random from visits that it does not object to. */
                readonly origin: string
                /** @description Probability that a visit like this gets a case. */
                readonly propensity: number
                /** @description Revision of the visit record that was assessed. */
                readonly visitRevision: number
                readonly verdict: string
                readonly falseScore: number
                readonly invalidScore: number
                readonly evidence: readonly {
                  /** @description Kind of evidence, as listed in docs/visits.md. */
                  readonly kind: string
                  /** @description Strength of the evidence, 0 to 1. */
                  readonly score: number
                  /** @description One sentence for a controller, with the figures. */
                  readonly text: string
                  /** @description Id of the other visit; null if the evidence is about one visit. */
                  readonly with: string | null
                }[]
                readonly policyVersion: number
                readonly modelId: string | null
                /** @description Reasons of the model, the largest contribution first. */
                readonly reasons: readonly {
                  readonly feature: string
                  /** @description Value of the feature; null if unknown. */
                  readonly value: number | null
                  /** @description Contribution to the margin: the log-odds of a probability, or the estimate itself. */
                  readonly contribution: number
                  readonly words: string
                }[]
                /** @description As in the assessment. */
                readonly visitCount: number | null
                /** @description As in the assessment. */
                readonly conversionProbability: number | null
                /** @description Whether other evidence has come since the decision, so that the case may need reopening. */
                readonly newEvidence: boolean
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly openedAt: string
                /** @description Kind of the raised alert; null if there is none. */
                readonly alert: string | null
                /**
                 * Format: date-time
                 * @description When the alert was raised; null while it waits for the limits or is snoozed. ISO 8601, UTC.
                 */
                readonly alertedAt: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly snoozedUntil: string | null
                /**
                 * Format: date-time
                 * @description When a decision is due; null while there was no alert. ISO 8601, UTC.
                 */
                readonly dueAt: string | null
                readonly overdue: boolean
                /**
                 * Format: date-time
                 * @description When the case lapses if it is not decided. ISO 8601, UTC.
                 */
                readonly lapsesAt: string
                /** @description Whether two different people must decide alike. */
                readonly secondPerson: boolean
                readonly reviewer: string | null
                /** @description Latest recorded answer of the salesperson. */
                readonly answer: string | null
                readonly answeredBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly answeredAt: string | null
                /** @description confirmed, harmless or dismissed; while proposed, the decision of the first person. */
                readonly decision: string | null
                /** @description Claim that was decided on: false or invalid. */
                readonly claim: string | null
                /** @description Reason for the decision. */
                readonly note: string | null
                /** @description First of two people who must decide alike. */
                readonly proposedBy: string | null
                readonly decidedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly decidedAt: string | null
                /** @description What was known at the decision, for training models; null if undecided, or decided by an older version. */
                readonly decidedOn: {
                  readonly visitRevision: number
                  readonly verdict: string
                  readonly falseScore: number
                  readonly invalidScore: number
                  readonly evidence: readonly {
                    readonly kind: string
                    readonly score: number
                    readonly text: string
                    readonly with: string | null
                  }[]
                  readonly policyVersion: number
                  readonly modelId: string | null
                  readonly visitCount: number | null
                  readonly conversionProbability: number | null
                } | null
                /**
                 * Format: date-time
                 * @description When a decided case is closed automatically. ISO 8601, UTC.
                 */
                readonly closesAt: string | null
                readonly customerName: string | null
                /** @description Probability that the suspicion is true, by the model that scored the visit or by past decisions. */
                readonly probability: number
                /** @description Probability times the cost of such a visit. */
                readonly expectedLoss: number
                /** @description Whether the expected loss is at least the cost of a review. */
                readonly worthReviewing: boolean
              }[]
              /** @description Send it as `after` to get the next page; null on the last page. */
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
  readonly '/cases/{visitId}': {
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
          readonly visitId: string
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
              /** @description Unique per event; an event with a repeated id is a duplicate. */
              readonly id: string
              /**
               * Format: date-time
               * @description Event time. ISO 8601, UTC.
               */
              readonly occurredAt: string
              /** @description Id of the visit; each visit has one case at most. */
              readonly visitId: string
              readonly customerId: string
              readonly opportunityId: string
              readonly salespersonId: string
              /**
               * Format: date-time
               * @description ISO 8601, UTC.
               */
              readonly visitedAt: string
              /** @description Number of everything that happened to the case, refusals included. */
              readonly step: number
              /** @description Increases with every change except refusals; an act states the revision that it was made on. */
              readonly revision: number
              readonly status: string
              /** @description flagged by the policy, or sampled at random from visits that it does not object to. */
              readonly origin: string
              /** @description Probability that a visit like this gets a case. */
              readonly propensity: number
              /** @description Revision of the visit record that was assessed. */
              readonly visitRevision: number
              readonly verdict: string
              readonly falseScore: number
              readonly invalidScore: number
              readonly evidence: readonly {
                /** @description Kind of evidence, as listed in docs/visits.md. */
                readonly kind: string
                /** @description Strength of the evidence, 0 to 1. */
                readonly score: number
                /** @description One sentence for a controller, with the figures. */
                readonly text: string
                /** @description Id of the other visit; null if the evidence is about one visit. */
                readonly with: string | null
              }[]
              readonly policyVersion: number
              readonly modelId: string | null
              /** @description Reasons of the model, the largest contribution first. */
              readonly reasons: readonly {
                readonly feature: string
                /** @description Value of the feature; null if unknown. */
                readonly value: number | null
                /** @description Contribution to the margin: the log-odds of a probability, or the estimate itself. */
                readonly contribution: number
                readonly words: string
              }[]
              /** @description As in the assessment. */
              readonly visitCount: number | null
              /** @description As in the assessment. */
              readonly conversionProbability: number | null
              /** @description Whether other evidence has come since the decision, so that the case may need reopening. */
              readonly newEvidence: boolean
              /**
               * Format: date-time
               * @description ISO 8601, UTC.
               */
              readonly openedAt: string
              /** @description Kind of the raised alert; null if there is none. */
              readonly alert: string | null
              /**
               * Format: date-time
               * @description When the alert was raised; null while it waits for the limits or is snoozed. ISO 8601, UTC.
               */
              readonly alertedAt: string | null
              /**
               * Format: date-time
               * @description ISO 8601, UTC.
               */
              readonly snoozedUntil: string | null
              /**
               * Format: date-time
               * @description When a decision is due; null while there was no alert. ISO 8601, UTC.
               */
              readonly dueAt: string | null
              readonly overdue: boolean
              /**
               * Format: date-time
               * @description When the case lapses if it is not decided. ISO 8601, UTC.
               */
              readonly lapsesAt: string
              /** @description Whether two different people must decide alike. */
              readonly secondPerson: boolean
              readonly reviewer: string | null
              /** @description Latest recorded answer of the salesperson. */
              readonly answer: string | null
              readonly answeredBy: string | null
              /**
               * Format: date-time
               * @description ISO 8601, UTC.
               */
              readonly answeredAt: string | null
              /** @description confirmed, harmless or dismissed; while proposed, the decision of the first person. */
              readonly decision: string | null
              /** @description Claim that was decided on: false or invalid. */
              readonly claim: string | null
              /** @description Reason for the decision. */
              readonly note: string | null
              /** @description First of two people who must decide alike. */
              readonly proposedBy: string | null
              readonly decidedBy: string | null
              /**
               * Format: date-time
               * @description ISO 8601, UTC.
               */
              readonly decidedAt: string | null
              /** @description What was known at the decision, for training models; null if undecided, or decided by an older version. */
              readonly decidedOn: {
                readonly visitRevision: number
                readonly verdict: string
                readonly falseScore: number
                readonly invalidScore: number
                readonly evidence: readonly {
                  readonly kind: string
                  readonly score: number
                  readonly text: string
                  readonly with: string | null
                }[]
                readonly policyVersion: number
                readonly modelId: string | null
                readonly visitCount: number | null
                readonly conversionProbability: number | null
              } | null
              /**
               * Format: date-time
               * @description When a decided case is closed automatically. ISO 8601, UTC.
               */
              readonly closesAt: string | null
              readonly customerName: string | null
              /** @description Probability that the suspicion is true, by the model that scored the visit or by past decisions. */
              readonly probability: number
              /** @description Probability times the cost of such a visit. */
              readonly expectedLoss: number
              /** @description Whether the expected loss is at least the cost of a review. */
              readonly worthReviewing: boolean
              /** @description The newest 500 acts on the case, oldest first. */
              readonly acts: readonly {
                readonly id: string
                /** @description Revision of the case after the act. */
                readonly revision: number
                /** @description What a person or the platform did. */
                readonly act: string
                readonly actId: string | null
                /** @description null for the platform. */
                readonly by: string | null
                readonly note: string | null
                /** @description Why it was refused; null if it was not. */
                readonly refusal: string | null
                readonly before: {
                  readonly status: string
                  readonly reviewer: string | null
                  readonly decision: string | null
                  readonly claim: string | null
                } | null
                readonly after: {
                  readonly status: string
                  readonly reviewer: string | null
                  readonly decision: string | null
                  readonly claim: string | null
                }
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly occurredAt: string
              }[]
              /** @description null if the record of the visit has not arrived. */
              readonly visit: {
                readonly visitId: string
                readonly withdrawn: boolean
                readonly opportunityId: string
                readonly customerId: string
                readonly salespersonId: string
                readonly text: string
                /** @description Where the salesperson checked in; null if not reported. */
                readonly place: {
                  readonly latitude: number
                  readonly longitude: number
                  /** @description Accuracy that the device reported: radius in metres. */
                  readonly accuracyM: number | null
                } | null
                /** @description Whether the device reported that an app faked the position. */
                readonly mocked: boolean | null
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
                readonly enteredAt: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly plannedFrom: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly plannedUntil: string | null
                readonly deviceId: string | null
                readonly photoHash: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly occurredAt: string
              } | null
              /** @description Visits that the evidence names, for comparison. */
              readonly others: readonly {
                readonly visitId: string
                readonly withdrawn: boolean
                readonly opportunityId: string
                readonly customerId: string
                readonly salespersonId: string
                readonly text: string
                /** @description Where the salesperson checked in; null if not reported. */
                readonly place: {
                  readonly latitude: number
                  readonly longitude: number
                  /** @description Accuracy that the device reported: radius in metres. */
                  readonly accuracyM: number | null
                } | null
                /** @description Whether the device reported that an app faked the position. */
                readonly mocked: boolean | null
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
                readonly enteredAt: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly plannedFrom: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly plannedUntil: string | null
                readonly deviceId: string | null
                readonly photoHash: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly occurredAt: string
                /** @description Kinds of evidence that name this visit. */
                readonly kinds: readonly string[]
                /** @description Distance between the two places in metres; null if one is unknown. */
                readonly distanceM: number | null
                /** @description Passages that both texts share: from and to are offsets in the text of the case’s visit, otherFrom and otherTo in this one, in UTF-16 units. */
                readonly passages: readonly {
                  readonly from: number
                  /** @description Exclusive. */
                  readonly to: number
                  readonly otherFrom: number
                  readonly otherTo: number
                }[]
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
  readonly '/case-labels': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: {
          readonly task?: 'false-visit' | 'invalid-visit'
          readonly limit?: number
          /** @description The `next` of the previous page; 404 if it belongs to another list. */
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
                readonly visitId: string
                readonly customerId: string
                readonly opportunityId: string
                readonly salespersonId: string
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly visitedAt: string
                /** @description false-visit or invalid-visit. */
                readonly task: string
                /** @description 1 if confirmed, 0 if dismissed. A case decided as harmless gives no label. */
                readonly value: number
                readonly origin: string
                /** @description Probability that a visit like this is reviewed; weight labels by its reciprocal. */
                readonly propensity: number
                readonly verdict: string
                readonly falseScore: number
                readonly invalidScore: number
                readonly policyVersion: number
                readonly decidedBy: string
                /**
                 * Format: date-time
                 * @description Time of the decision.
                 */
                readonly occurredAt: string
              }[]
              /** @description Send it as `after` to get the next page; null on the last page. */
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
  readonly '/case-summary': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: {
          readonly days?: number
          /** @description Only cases of the team’s opportunities. */
          readonly teamId?: string
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
              readonly undecided: number
              /** @description Undecided cases without a reviewer. */
              readonly unassigned: number
              readonly overdue: number
              /** @description Undecided cases whose alerts are snoozed. */
              readonly snoozed: number
              /** @description Cases decided in the last `days` days. */
              readonly decided: number
              readonly confirmed: number
              readonly harmless: number
              readonly dismissed: number
              /** @description Median time from the alert to the decision; null if none was decided. */
              readonly medianHoursToDecision: number | null
              /** @description 90th percentile of that time. */
              readonly slowHoursToDecision: number | null
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
  readonly '/snoozes': {
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
              /** @description Version of the snoozes. */
              readonly version: number
              readonly items: readonly {
                readonly id: string
                /** @description Kind of evidence as listed in docs/visits.md, or verdict: invalid, suspected_false. */
                readonly rule: string
                /** @description Salesperson; null if it is for a customer. */
                readonly salespersonId: string | null
                /** @description Customer; null if it is for a salesperson. */
                readonly customerId: string | null
                /**
                 * Format: date-time
                 * @description Start of the snooze.
                 */
                readonly from: string
                /**
                 * Format: date-time
                 * @description End of the snooze, at most 180 days after its start.
                 */
                readonly until: string
                /** @description Reason, kept on record. */
                readonly reason: string
                /** @description Whether it was ended early. */
                readonly retired: boolean
                /** @description Version of the snoozes with the last change; 0: the built-in default. */
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
                /** @description Bound on maximum minus minimum probability over the counted visits. */
                readonly probabilityMovedLessThan: number | null
              }[]
              /** @description Kinds of evidence that differ from the default; docs/visits.md states the defaults. */
              readonly evidence: readonly {
                /** @description Kind of evidence, as listed in docs/visits.md. */
                readonly kind: string
                /** @description Weight in the false score, multiplied by the score of the evidence; 0: ignored, null: the default. */
                readonly falseWeight: number | null
                /** @description Weight in the invalid score, likewise. */
                readonly invalidWeight: number | null
                /** @description Parameters that differ from the default, by name. */
                readonly parameters: {
                  readonly [key: string]: number
                }
              }[]
              /** @description False score from which a visit is suspected to be false. */
              readonly falseFrom: number
              /** @description Invalid score from which a visit is invalid. */
              readonly invalidFrom: number
              /** @description Devices that several people use, such as a team’s tablet; they are no evidence of one device under two names. */
              readonly sharedDevices: readonly string[]
              /** @description 0: the built-in default. */
              readonly version: number
              readonly changedBy: string | null
              /**
               * Format: date-time
               * @description ISO 8601, UTC.
               */
              readonly changedAt: string | null
              /** @description Why it was changed; null if no reason was stated. */
              readonly reason: string | null
              /** @description Whether it was activated although it flagged too much in a trial on past visits. */
              readonly forced: boolean
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
                  /** @description Bound on maximum minus minimum probability over the counted visits. */
                  readonly probabilityMovedLessThan: number | null
                }[]
                /** @description Kinds of evidence that differ from the default; docs/visits.md states the defaults. */
                readonly evidence: readonly {
                  /** @description Kind of evidence, as listed in docs/visits.md. */
                  readonly kind: string
                  /** @description Weight in the false score, multiplied by the score of the evidence; 0: ignored, null: the default. */
                  readonly falseWeight: number | null
                  /** @description Weight in the invalid score, likewise. */
                  readonly invalidWeight: number | null
                  /** @description Parameters that differ from the default, by name. */
                  readonly parameters: {
                    readonly [key: string]: number
                  }
                }[]
                /** @description False score from which a visit is suspected to be false. */
                readonly falseFrom: number
                /** @description Invalid score from which a visit is invalid. */
                readonly invalidFrom: number
                /** @description Devices that several people use, such as a team’s tablet; they are no evidence of one device under two names. */
                readonly sharedDevices: readonly string[]
                /** @description 0: the built-in default. */
                readonly version: number
                readonly changedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string | null
                /** @description Why it was changed; null if no reason was stated. */
                readonly reason: string | null
                /** @description Whether it was activated although it flagged too much in a trial on past visits. */
                readonly forced: boolean
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
  readonly '/policies/{name}/state': {
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
              /** @description The version that was activated last; 0 for the built-in default. */
              readonly activated: number
              /** @description The version that verdicts follow, which is an earlier one while the last one is held. */
              readonly inForce: number
              /** @description The last hold of the circuit breaker; null if it never held a policy. */
              readonly hold: {
                /**
                 * Format: date-time
                 * @description Event time. ISO 8601, UTC.
                 */
                readonly occurredAt: string
                /** @description Name of the policy. */
                readonly name: string
                /** @description Number of holds of this policy so far. */
                readonly version: number
                /** @description Version that is held now. */
                readonly heldVersion: number
                /** @description All held versions, the newest last; at most 50. */
                readonly heldVersions: readonly number[]
                /** @description Id of the model that is held now; null if it is the policy itself. */
                readonly modelId: string | null
                /** @description Day whose visits led to the hold, in days since 1970 in UTC. */
                readonly day: number
                /** @description Number of visits of that day so far. */
                readonly visits: number
                /** @description Number of these visits that were flagged. */
                readonly flagged: number
                /** @description Number of visits that may be flagged. */
                readonly allowed: number
              } | null
              /** @description Activations that were refused after a trial, latest first, at most 50. */
              readonly refused: readonly {
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly heldAt: string
                readonly changedBy: string
                readonly reason: string
                readonly why: string
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
  readonly '/policies/{name}/shadow': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: {
          /** @description Number of newest days with flags. */
          readonly days?: number
        }
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
              readonly items: readonly {
                readonly id: string
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly startedAt: string
                /** @description Latest first; days without flags are omitted. */
                readonly days: readonly {
                  /** @description Day of the visits in UTC. */
                  readonly day: string
                  readonly suspectedFalse: number
                  readonly invalid: number
                  /** @description Flagged only by the shadow policy. */
                  readonly new: number
                  /** @description Flagged only by the active policy. */
                  readonly vanished: number
                  /** @description Flagged by both. */
                  readonly unchanged: number
                }[]
                /** @description Examples where the two differ, latest first, at most 20. */
                readonly examples: readonly {
                  /** @description The visit, or the opportunity. */
                  readonly subjectId: string
                  readonly customerId: string
                  readonly salespersonId: string | null
                  /**
                   * Format: date-time
                   * @description ISO 8601, UTC.
                   */
                  readonly visitedAt: string
                  readonly verdict: string
                  readonly inForce: string
                }[]
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
          /** @description The `next` of the previous page; 404 if it belongs to another list. */
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
                /** @description Version of the threshold; 0: the built-in default. */
                readonly thresholdVersion: number
                /** @description The model that made the estimate. */
                readonly modelId: string | null
                /**
                 * Format: date-time
                 * @description Event time since which the customer has been a potential one without interruption. ISO 8601, UTC.
                 */
                readonly since: string
                /** @description The largest contributions to the estimate, largest first. */
                readonly reasons: readonly {
                  readonly feature: string
                  /** @description null if unknown. */
                  readonly value: number | null
                  /** @description Contribution to the margin: the log-odds of a probability, or the estimate itself. The contributions and the base add up to the margin. */
                  readonly contribution: number
                  readonly words: string
                }[]
                /** @description Whether the customer is below the threshold and was selected at random, to learn what becomes of such customers. */
                readonly explored: boolean
                /** @description Probability with which a customer with this estimate is selected: 1 above the threshold; null if unknown. */
                readonly propensity: number | null
                readonly name: string | null
              }[]
              /** @description Send it as `after` to get the next page; null on the last page. */
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
  readonly '/potential-customers/preview': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: {
          /** @description Default: that in force. */
          readonly threshold?: number
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
              /** @description The threshold asked for. */
              readonly threshold: number
              /** @description The threshold in force. */
              readonly active: number
              /** @description Its version; 0: the built-in default. */
              readonly activeVersion: number
              /** @description Customers with an estimate. */
              readonly scored: number
              /** @description Customers with an estimate from the threshold in force on. */
              readonly now: number
              /** @description Customers with an estimate from the threshold asked for on. */
              readonly then: number
              readonly comes: {
                readonly count: number
                /** @description The highest estimates first, at most 50. */
                readonly customers: readonly {
                  readonly customerId: string
                  readonly name: string | null
                  /** @description Predicted cumulative usage: drawdown ÷ limit. */
                  readonly estimate: number
                }[]
              }
              readonly goes: {
                readonly count: number
                /** @description The highest estimates first, at most 50. */
                readonly customers: readonly {
                  readonly customerId: string
                  readonly name: string | null
                  /** @description Predicted cumulative usage: drawdown ÷ limit. */
                  readonly estimate: number
                }[]
              }
              /** @description At the threshold asked for; null if no usage is known yet. */
              readonly quality: {
                readonly threshold: number
                /** @description Customers with an estimate from the threshold on. */
                readonly flagged: number
                /** @description Customers whose usage reached the threshold. */
                readonly reached: number
                readonly both: number
                /** @description Share of the flagged whose usage reached it; null if nobody was flagged. */
                readonly precision: number | null
                /** @description Share of those whose usage reached it that were flagged; null if nobody did. */
                readonly recall: number | null
              } | null
              /** @description Customers from each threshold on, and its quality. */
              readonly byThreshold: readonly {
                readonly threshold: number
                readonly customers: number
                readonly quality: {
                  readonly threshold: number
                  /** @description Customers with an estimate from the threshold on. */
                  readonly flagged: number
                  /** @description Customers whose usage reached the threshold. */
                  readonly reached: number
                  readonly both: number
                  /** @description Share of the flagged whose usage reached it; null if nobody was flagged. */
                  readonly precision: number | null
                  /** @description Share of those whose usage reached it that were flagged; null if nobody did. */
                  readonly recall: number | null
                } | null
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
                /** @description Unique per event; an event with a repeated id is a duplicate. */
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
                /** @description Most probable intent; null if it is none of the known ones, or there is no model. */
                readonly intent: string | null
                /** @description The three most probable intents, the highest first. */
                readonly intents: readonly {
                  readonly intent: string
                  readonly probability: number
                }[]
                readonly modelId: string | null
                /** @description Why there is no intent. */
                readonly absent: string | null
                /** @enum {string} */
                readonly sentiment: 'neutral' | 'positive' | 'negative'
                /** @description Sentiment from −1 (negative) to 1 (positive). */
                readonly sentimentScore: number
                /** @description price, need, timing, trust, authority, competitor, risk or contact; null if there is none. */
                readonly objection: string | null
                /** @description Words that revealed sentiment and objection. */
                readonly cues: readonly string[]
                readonly keyPhrases: readonly string[]
                /** @description Words that speech recognition was unsure of. */
                readonly unsure: readonly {
                  readonly text: string
                  /** @description Start of the word, in ms since the beginning of the call. */
                  readonly startMs: number
                  readonly endMs: number
                  /** @description Confidence of the recognition; null if it reports none. */
                  readonly confidence: number | null
                }[]
                /** @description Inputs of the intent model besides the text, by the names of turn@1. */
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
  readonly '/calls': {
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
          readonly campaign?: string
          readonly script?: string
          readonly answered?: boolean
          readonly limit?: number
          /** @description The `next` of the previous page; 404 if it belongs to another list. */
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
                /** @description The system that emitted the event, e.g. crm, core-banking, simulator. */
                readonly source: string
                readonly customerId: string
                readonly callId: string
                readonly agentId: string | null
                readonly direction: string
                readonly answered: boolean
                /** @description Talk time in seconds; 0 if not answered. */
                readonly durationS: number
                readonly campaign: string | null
                readonly product: string | null
                /** @description Number of links sent in the call that the customer clicked. */
                readonly clicks: number
                /** @description Rating by the customer, 1 to 5; null if there is none. */
                readonly satisfaction: number | null
                /** @description Script template used in the call. */
                readonly script: string | null
                /** @description Version of that script template. */
                readonly scriptVersion: number | null
                readonly turnCount: number
                readonly customerName: string | null
              }[]
              /** @description Send it as `after` to get the next page; null on the last page. */
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
  readonly '/script-quality': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: {
          /** @description Days up to the newest call. Default: 30. */
          readonly days?: number
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
                readonly script: string
                /** @description null if the calls do not state a version. */
                readonly scriptVersion: number | null
                /** @description Outbound calls. */
                readonly calls: number
                readonly answered: number
                /** @description Estimate with its 95 % interval; null if there is no data yet. */
                readonly answerRate: {
                  readonly value: number
                  readonly lower: number | null
                  readonly upper: number | null
                } | null
                /** @description Estimate with its 95 % interval; null if there is no data yet. */
                readonly talkSeconds: {
                  readonly value: number
                  readonly lower: number | null
                  readonly upper: number | null
                } | null
                /** @description Mean number of links clicked per answered call. */
                readonly clicks: number | null
                /** @description Mean rating, from 1 to 5. */
                readonly satisfaction: number | null
                readonly ratings: number
                /** @description Answered calls whose outcome is known. */
                readonly decided: number
                /** @description Estimate with its 95 % interval; null if there is no data yet. */
                readonly conversionRate: {
                  readonly value: number
                  readonly lower: number | null
                  readonly upper: number | null
                } | null
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
  readonly '/customers/{id}/script': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query: {
          readonly template: string
          /** @description Default: the offered product that interests the customer most. */
          readonly product?: string
          /** @description Name of the agent who calls. */
          readonly agent?: string
          /** @description With markup, characters that are special in SSML are escaped in values. Default: text. */
          readonly spokenAs?: 'text' | 'markup'
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
              /** @description Name of the template; null for a draft. */
              readonly template: string | null
              readonly templateVersion: number | null
              readonly language: string
              /** @description Product that the call is about; null if no offered product is known to interest the customer. */
              readonly product: string | null
              readonly parts: readonly {
                readonly id: string
                readonly text: string
                /** @description The same in simpler words, if the template has them. */
                readonly simpler: string | null
                /** @description Whether the fallback text is used because a value is missing. */
                readonly usesFallback: boolean
                /** @description Whether it must be said in every call, and repeated if it was interrupted. */
                readonly required: boolean
                /** @description Intents and words with which the customer answers it before it is said; it is then skipped. */
                readonly answeredBy: readonly string[]
              }[]
              readonly answers: readonly {
                /** @enum {unknown} */
                readonly objection:
                  'price' | 'need' | 'timing' | 'trust' | 'authority' | 'competitor' | 'risk' | 'contact'
                readonly text: string
                /** @description The same in simpler words, if the template has them. */
                readonly simpler: string | null
                /** @description Whether the fallback text is used because a value is missing. */
                readonly usesFallback: boolean
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
  readonly '/script-choices': {
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
          readonly targetGroup?: string
          readonly template?: string
          readonly limit?: number
          /** @description The `next` of the previous page; 404 if it belongs to another list. */
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
                /** @description Unique per event; an event with a repeated id is a duplicate. */
                readonly id: string
                /**
                 * Format: date-time
                 * @description Event time. ISO 8601, UTC.
                 */
                readonly occurredAt: string
                /** @description The system that emitted the event, e.g. crm, core-banking, simulator. */
                readonly source: string
                readonly customerId: string
                /** @description Id of the call, as in `calls`. */
                readonly callId: string
                readonly language: string
                /** @description Target group of the customer whose results counted; null if the customer is in none that a template names. */
                readonly targetGroup: string | null
                readonly template: string
                readonly templateVersion: number
                /** @description Script in the script database (`/scripts`); null for choices made before there was one. */
                readonly scriptId: string | null
                /** @description Probability with which it was chosen. */
                readonly propensity: number
                readonly candidates: readonly {
                  readonly template: string
                  readonly templateVersion: number
                  /** @description Alpha of the beta distribution of its conversion rate: conversions, those of the prior included. */
                  readonly alpha: number
                  /** @description Beta of that distribution: calls without a conversion, those of the prior included. */
                  readonly beta: number
                  /** @description Probability that its conversion rate is the highest of all candidates. */
                  readonly probabilityBest: number
                  /** @description Probability with which it was chosen. */
                  readonly propensity: number
                }[]
                /** @description Minimum probability of each candidate, by the policy. */
                readonly floor: number
                /** @description Whether the probabilities followed the results; false: all were equally likely. */
                readonly adapts: boolean
                readonly policyVersion: number
                readonly customerName: string | null
              }[]
              /** @description Send it as `after` to get the next page; null on the last page. */
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
  readonly '/scripts': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: {
          readonly template?: string
          readonly targetGroup?: string
          readonly language?: string
          readonly product?: string
          readonly status?: string
          readonly limit?: number
          /** @description The `next` of the previous page; 404 if it belongs to another list. */
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
                /** @description Hash of the content: another text is another script. */
                readonly id: string
                readonly template: string
                readonly templateVersion: number
                readonly language: string
                /** @description null if the script is for customers whose interests are unknown. */
                readonly product: string | null
                /** @description Author of that version of the template; null if it is built in. */
                readonly author: string | null
                /** @description unreviewed, approved or rejected. */
                readonly status: string
                /** @description Number of calls that were given the script. */
                readonly useCount: number
                /**
                 * Format: date-time
                 * @description null if no call was given it yet.
                 */
                readonly lastUsedAt: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly createdAt: string
                /** @description Target groups that the script was given to; empty if only to customers in no group. */
                readonly groups: readonly {
                  readonly targetGroup: string
                  /** @description Version of the group when the script was first given to it. */
                  readonly groupVersion: number
                  /** @description Features that the condition of the group reads. */
                  readonly features: readonly string[]
                }[]
              }[]
              /** @description Send it as `after` to get the next page; null on the last page. */
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
  readonly '/scripts/{id}': {
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
              /** @description Hash of the content: another text is another script. */
              readonly id: string
              readonly template: string
              readonly templateVersion: number
              readonly language: string
              /** @description null if the script is for customers whose interests are unknown. */
              readonly product: string | null
              /** @description Author of that version of the template; null if it is built in. */
              readonly author: string | null
              /** @description unreviewed, approved or rejected. */
              readonly status: string
              /** @description Number of calls that were given the script. */
              readonly useCount: number
              /**
               * Format: date-time
               * @description null if no call was given it yet.
               */
              readonly lastUsedAt: string | null
              /**
               * Format: date-time
               * @description ISO 8601, UTC.
               */
              readonly createdAt: string
              /** @description Target groups that the script was given to; empty if only to customers in no group. */
              readonly groups: readonly {
                readonly targetGroup: string
                /** @description Version of the group when the script was first given to it. */
                readonly groupVersion: number
                /** @description Features that the condition of the group reads. */
                readonly features: readonly string[]
              }[]
              /** @description Values of the placeholders that depend on the product. */
              readonly productValues: {
                readonly [key: string]: string | readonly string[]
              }
              readonly parts: readonly {
                readonly id: string
                /** @description A Liquid template; its placeholders are in docs/scripts.md. */
                readonly text: string
                /** @description The same in simpler words, for a customer who did not understand; null if there are none. */
                readonly simpler: string | null
                /** @description Plain text that is said instead if a value is missing. Required unless the text can be said without the value. */
                readonly fallback: string | null
                /** @description Whether it is said in every call, and repeated if it was interrupted, such as sentences required by law. */
                readonly required: boolean
                /** @description Intents, and words of the customer, that answer this part before it is said: a live call then skips it. */
                readonly answeredBy: readonly string[]
              }[]
              readonly answers: readonly {
                readonly objection: string
                /** @description A Liquid template; its placeholders are in docs/scripts.md. */
                readonly text: string
                /** @description The same in simpler words, for a customer who did not understand; null if there are none. */
                readonly simpler: string | null
                /** @description Plain text that is said instead if a value is missing. Required unless the text can be said without the value. */
                readonly fallback: string | null
              }[]
              /** @description All reviews, newest first. */
              readonly reviews: readonly {
                /** @description Number of reviews of the script, this one included. */
                readonly number: number
                readonly decision: string
                readonly decidedBy: string
                readonly reason: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly decidedAt: string
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
  readonly '/scripts/{id}/preview': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query: {
          readonly customerId: string
          /** @description Name of the agent who calls. */
          readonly agent?: string
          /** @description With markup, characters that are special in SSML are escaped in values. Default: text. */
          readonly spokenAs?: 'text' | 'markup'
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
              /** @description Name of the template; null for a draft. */
              readonly template: string | null
              readonly templateVersion: number | null
              readonly language: string
              /** @description Product that the call is about; null if no offered product is known to interest the customer. */
              readonly product: string | null
              readonly parts: readonly {
                readonly id: string
                readonly text: string
                /** @description The same in simpler words, if the template has them. */
                readonly simpler: string | null
                /** @description Whether the fallback text is used because a value is missing. */
                readonly usesFallback: boolean
                /** @description Whether it must be said in every call, and repeated if it was interrupted. */
                readonly required: boolean
                /** @description Intents and words with which the customer answers it before it is said; it is then skipped. */
                readonly answeredBy: readonly string[]
              }[]
              readonly answers: readonly {
                /** @enum {unknown} */
                readonly objection:
                  'price' | 'need' | 'timing' | 'trust' | 'authority' | 'competitor' | 'risk' | 'contact'
                readonly text: string
                /** @description The same in simpler words, if the template has them. */
                readonly simpler: string | null
                /** @description Whether the fallback text is used because a value is missing. */
                readonly usesFallback: boolean
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
  readonly '/script-quality/groups': {
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
              readonly days: number
              /** @description Decided calls that a version needs before it is compared. */
              readonly evidence: number
              readonly items: readonly {
                /** @description null for customers in no group that a template names. */
                readonly targetGroup: string | null
                readonly language: string
                readonly template: string
                readonly templateVersion: number
                /**
                 * @description retired: found worse than the others. replaced: there is a newer version, or the template is not in use.
                 * @enum {unknown}
                 */
                readonly status: 'chosen' | 'retired' | 'replaced'
                /**
                 * Format: date-time
                 * @description When the version was retired, if it still is.
                 */
                readonly retiredAt: string | null
                /** @description Calls that the version was chosen for. */
                readonly choices: number
                /** @description Calls of these choices that were reported. */
                readonly calls: number
                /** @description Reported calls that a person answered. */
                readonly answered: number
                /** @description Estimate with its 95 % interval; null if there is no data yet. */
                readonly answerRate: {
                  readonly value: number
                  readonly lower: number | null
                  readonly upper: number | null
                } | null
                /** @description Estimate with its 95 % interval; null if there is no data yet. */
                readonly talkSeconds: {
                  readonly value: number
                  readonly lower: number | null
                  readonly upper: number | null
                } | null
                /** @description Calls that a person answered and whose outcome is known. */
                readonly decided: number
                readonly converted: number
                /** @description Estimate with its 95 % interval; null if there is no data yet. */
                readonly conversionRate: {
                  readonly value: number
                  readonly lower: number | null
                  readonly upper: number | null
                } | null
                /** @description Answered calls that reported another script or version. */
                readonly saidOtherwise: number
                /** @description Probability that its conversion rate is the highest among eligible versions; null if it or all others have too few calls. */
                readonly probabilityBest: number | null
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
  readonly '/script-quality/estimates': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: {
          /** @description Default: the days in the policy. */
          readonly days?: number
          /** @description Restricts the estimates to this group. */
          readonly targetGroup?: string
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
                readonly template: string
                readonly templateVersion: number
                readonly language: string
                /** @description Decided calls in which the script could have been chosen. */
                readonly choices: number
                /** @description Decided calls in which it was chosen. */
                readonly taken: number
                /** @description Observed conversion rate of all these calls. */
                readonly logged: number
                /** @description A conversion rate with its 95 % interval, which may extend beyond 0 to 1 if there is little data; null if the script was never chosen. */
                readonly inversePropensity: {
                  readonly value: number
                  /** @description null if there are too few calls. */
                  readonly lower: number | null
                  readonly upper: number | null
                } | null
                /** @description A conversion rate with its 95 % interval, which may extend beyond 0 to 1 if there is little data; null if the script was never chosen. */
                readonly selfNormalised: {
                  readonly value: number
                  /** @description null if there are too few calls. */
                  readonly lower: number | null
                  readonly upper: number | null
                } | null
                /** @description A conversion rate with its 95 % interval, which may extend beyond 0 to 1 if there is little data; null if the script was never chosen. */
                readonly doublyRobust: {
                  readonly value: number
                  /** @description null if there are too few calls. */
                  readonly lower: number | null
                  readonly upper: number | null
                } | null
                /** @description doublyRobust − logged, on the same calls; null if the script was never chosen. */
                readonly uplift: {
                  readonly value: number
                  /** @description null if there are too few calls. */
                  readonly lower: number | null
                  readonly upper: number | null
                } | null
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
  readonly '/script-retirements': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: {
          readonly template?: string
          readonly targetGroup?: string
          readonly decision?: string
          readonly limit?: number
          /** @description The `next` of the previous page; 404 if it belongs to another list. */
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
                /** @description Unique per event; an event with a repeated id is a duplicate. */
                readonly id: string
                /**
                 * Format: date-time
                 * @description Event time. ISO 8601, UTC.
                 */
                readonly occurredAt: string
                /** @description The system that emitted the event, e.g. crm, core-banking, simulator. */
                readonly source: string
                readonly template: string
                readonly templateVersion: number
                /** @description Target group; null: customers who are in no group that a template names. */
                readonly targetGroup: string | null
                /** @description retired, restored. */
                readonly decision: string
                /** @description Number of decisions on this version and group, this one included. */
                readonly number: number
                /** @description Number of its calls that a person answered and whose outcome is known. */
                readonly decided: number
                /** @description Number of those calls that converted. */
                readonly converted: number
                /** @description Probability that its conversion rate is the highest of the scripts with enough calls; null if it, or every other one, has too few. */
                readonly probabilityBest: number | null
                /** @description Scripts that it was compared with. */
                readonly peers: readonly {
                  readonly template: string
                  readonly templateVersion: number
                  /** @description Number of its calls that a person answered and whose outcome is known. */
                  readonly decided: number
                  /** @description Number of those calls that converted. */
                  readonly converted: number
                  /** @description Probability that its conversion rate is the highest of the scripts with enough calls; null if it, or every other one, has too few. */
                  readonly probabilityBest: number | null
                }[]
                /** @description Number of decided calls that the policy requires. */
                readonly evidence: number
                /** @description Probability of being the best that the policy requires. */
                readonly bound: number
                readonly policyVersion: number
                readonly decidedBy: string
                /** @description Explanation in words. */
                readonly reason: string
              }[]
              /** @description Send it as `after` to get the next page; null on the last page. */
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
  readonly '/customers/{id}/groups': {
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
              readonly groups: readonly {
                readonly name: string
                readonly version: number
                readonly description: string
                /** @description null if unknown, because a feature that the condition reads has no value. */
                readonly member: boolean | null
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
  readonly '/customers/{id}/contact-permission': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query: {
          readonly purpose: 'marketing' | 'service' | 'collection'
          /** @description The jurisdiction whose contact rules apply; GET /contact-rules lists them. */
          readonly jurisdiction: string
          /** @description Default: call, which is a call by a person. */
          readonly channel?: 'call' | 'automated-call'
          /** @description If given, also checks that this campaign is running. */
          readonly campaign?: string
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
              readonly purpose: string
              readonly channel: string
              readonly jurisdiction: string
              readonly campaign: string | null
              readonly permitted: boolean
              /**
               * Format: date-time
               * @description The time of the decision: now.
               */
              readonly at: string
              /** @description Time zone of the customer; null if unknown, and then all zones of the jurisdiction count. */
              readonly timeZone: string | null
              /** @description Version of the contact rules; null if there are none. */
              readonly rulesVersion: number | null
              /** @description Announcement that the call must begin with. */
              readonly announcement: string | null
              /** @description Text that the called telephone must display. */
              readonly label: string | null
              /** @description Every check; all must pass. */
              readonly checks: readonly {
                readonly rule: string
                readonly ruleVersion: number | null
                readonly passed: boolean
                readonly detail: string
                /**
                 * Format: date-time
                 * @description When a failed check will pass by itself; null if it passed or never will.
                 */
                readonly until: string | null
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
  readonly '/contact-permissions': {
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
          readonly limit?: number
          /** @description The `next` of the previous page; 404 if it belongs to another list. */
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
                /** @description Unique per event; an event with a repeated id is a duplicate. */
                readonly id: string
                /**
                 * Format: date-time
                 * @description Event time. ISO 8601, UTC.
                 */
                readonly occurredAt: string
                /** @description The system that emitted the event, e.g. crm, core-banking, simulator. */
                readonly source: string
                readonly customerId: string
                /** @description consent-given, consent-withdrawn, do-not-call, do-not-call-lifted. */
                readonly kind: string
                /** @description Purpose that it applies to; null: every purpose. */
                readonly purpose: string | null
                /** @description Channel that it applies to; null: every channel. */
                readonly channel: string | null
                /** @description Form in which consent was given; null if unknown, which is enough only where any form is. */
                readonly form: string | null
                /**
                 * Format: date-time
                 * @description When a consent expires; null: not until it is withdrawn. ISO 8601, UTC.
                 */
                readonly expiresAt: string | null
                /** @description Proof of the statement: a recording, a document, a public register. */
                readonly evidence: string | null
              }[]
              /** @description Send it as `after` to get the next page; null on the last page. */
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
  readonly '/contact-refusals': {
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
          readonly campaign?: string
          readonly rule?: string
          readonly limit?: number
          /** @description The `next` of the previous page; 404 if it belongs to another list. */
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
                /** @description Unique per event; an event with a repeated id is a duplicate. */
                readonly id: string
                /**
                 * Format: date-time
                 * @description Event time. ISO 8601, UTC.
                 */
                readonly occurredAt: string
                /** @description The system that emitted the event, e.g. crm, core-banking, simulator. */
                readonly source: string
                readonly customerId: string
                readonly campaign: string
                readonly purpose: string
                readonly channel: string
                readonly jurisdiction: string
                /** @description Check that refused the call; of several, the one that lasts longest. */
                readonly rule: string
                /** @description Version of the contact rules, or of the campaign if that refused the call; null if there are none. */
                readonly ruleVersion: number | null
                /** @description Explanation in words. */
                readonly detail: string
                /**
                 * Format: date-time
                 * @description When this check will allow the call; null if it needs further action. ISO 8601, UTC.
                 */
                readonly until: string | null
                /** @description Other checks that refused the call. */
                readonly otherRules: readonly string[]
                readonly customerName: string | null
              }[]
              /** @description Send it as `after` to get the next page; null on the last page. */
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
  readonly '/contact-refusals/summary': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: {
          readonly campaign?: string
          /** @description Hours up to now. Default: 24. */
          readonly hours?: number
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
                readonly campaign: string
                readonly rule: string
                readonly ruleVersion: number | null
                /** @description Distinct customers. */
                readonly customers: number
                readonly refusals: number
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly newestAt: string
                /** @description The reason of the newest refusal. */
                readonly detail: string
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
  readonly '/campaigns/{campaign}/queue': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: {
          readonly state?: 'waiting' | 'calling' | 'unknown' | 'done' | 'removed'
          readonly customerId?: string
          /** @description The file or system that the entry comes from. */
          readonly list?: string
          readonly limit?: number
          /** @description The `next` of the previous page; 404 if it belongs to another list. */
          readonly after?: string
        }
        readonly header?: never
        readonly path: {
          readonly campaign: string
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
                /** @description Unique per event; an event with a repeated id is a duplicate. */
                readonly id: string
                /**
                 * Format: date-time
                 * @description Event time. ISO 8601, UTC.
                 */
                readonly occurredAt: string
                /** @description The system that emitted the event, e.g. crm, core-banking, simulator. */
                readonly source: string
                readonly customerId: string
                readonly campaign: string
                readonly list: string
                readonly phone: string | null
                /** @description waiting, calling, unknown, done, removed. */
                readonly state: string
                /**
                 * Format: date-time
                 * @description Earliest time of the next call, if waiting; null: at once. ISO 8601, UTC.
                 */
                readonly dueAt: string | null
                /** @description Number of calls for this campaign so far. */
                readonly attempts: number
                readonly lastAttemptId: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly lastAttemptAt: string | null
                /** @description Disposition of the last completed call. */
                readonly lastDisposition: string | null
                readonly value: number
                /** @description Probability that a call succeeds; null if no model has scored the customer. */
                readonly probability: number | null
                /** @description Value times probability; without a score the probability counts as 0.001. */
                readonly expectedValue: number
                /** @description Probability that the customer wants the campaign’s product, if the list is ordered by interest; null if unknown. */
                readonly interest: number | null
                /** @description Value times interest, which counts as at least 0.001, also if it is unknown. The list is ordered by it; null if the list is ordered by expectedValue. */
                readonly interestValue: number | null
                /** @description Local hour, 0 to 23, in which the customer is most likely to answer; null if there are too few calls to tell. */
                readonly bestHour: number | null
                /** @description Share of calls answered, by local hour of the customer; empty if there are too few calls to tell. */
                readonly answerRates: readonly number[]
                /** @description Time zone of the customer’s profile; null if unknown. */
                readonly timeZone: string | null
                readonly customerName: string | null
                /**
                 * Format: date-time
                 * @description The customer was refused at dispatch, and is considered again from this time on, which may be in the past. null if not refused.
                 */
                readonly refusedUntil: string | null
              }[]
              /** @description Send it as `after` to get the next page; null on the last page. */
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
  readonly '/call-attempts': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: {
          readonly campaign?: string
          readonly customerId?: string
          readonly disposition?: string
          readonly limit?: number
          /** @description The `next` of the previous page; 404 if it belongs to another list. */
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
                /** @description Unique per event; an event with a repeated id is a duplicate. */
                readonly id: string
                /**
                 * Format: date-time
                 * @description Event time. ISO 8601, UTC.
                 */
                readonly occurredAt: string
                /** @description The system that emitted the event, e.g. crm, core-banking, simulator. */
                readonly source: string
                readonly customerId: string
                readonly campaign: string
                /** @description Id of the attempt, which is the callId of the call. */
                readonly attemptId: string
                /** @description dispatched, completed. */
                readonly step: string
                /** @description Outcome, a code of /dispositions; null until the call is completed. */
                readonly disposition: string | null
                /**
                 * Format: date-time
                 * @description When the customer asked to be called back; null if there is no such request. ISO 8601, UTC.
                 */
                readonly callbackAt: string | null
                readonly agentId: string | null
                readonly customerName: string | null
              }[]
              /** @description Send it as `after` to get the next page; null on the last page. */
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
  readonly '/campaigns/{name}/funnel': {
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
              readonly campaign: string
              /** @description Customers on the list, except removed ones. */
              readonly listed: number
              /** @description Listed customers called at least once. */
              readonly called: number
              /** @description Listed customers who spoke to an agent at least once: the right person, in a call that was not abandoned. */
              readonly reached: number
              /** @description Listed customers with an outcome that is flagged as interested. */
              readonly interested: number
              readonly states: readonly {
                readonly state: string
                readonly customers: number
              }[]
              /** @description Outcomes of the calls, most frequent first. */
              readonly dispositions: readonly {
                readonly disposition: string
                readonly calls: number
                readonly customers: number
              }[]
              /** @description Why customers were not called in the last 24 hours. */
              readonly refusals: readonly {
                readonly rule: string
                readonly customers: number
                readonly refusals: number
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
  readonly '/campaigns/{name}/pacing': {
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
              readonly campaign: string
              /** @description progressive or predictive. */
              readonly mode: string
              /** @description Calls per waiting agent. */
              readonly level: number
              /** @description Upper limit of the level. */
              readonly levelMax: number
              /**
               * Format: date-time
               * @description When the level was set; null until a dispatch says how many agents are waiting.
               */
              readonly adaptedAt: string | null
              /** @description Calls that a person answered in the last 30 days. */
              readonly answered: number
              /** @description Answered calls for which no agent was free. */
              readonly abandoned: number
              /** @description abandoned ÷ answered; null if no call was answered by a person. */
              readonly abandonShare: number | null
              /** @description Limit of the share. The level is lowered before the share reaches it. */
              readonly abandonShareMax: number
              /** @description Whether the contact rules set the limit; if not, it is the default. */
              readonly limitByRules: boolean
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
  readonly '/desks': {
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
          /** @description The `next` of the previous page; 404 if it belongs to another list. */
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
                readonly desk: string
                /** @description Release of the plan that applies: NONE, EVALUATION or ACTIVE. */
                readonly release: string
                /** @description Agents at work. */
                readonly agents: number
                /** @description Calls that wait for an agent. */
                readonly waiting: number
                /** @description Calls offered to an agent who has not answered yet. */
                readonly offered: number
                /** @description Calls in conversation or wrap-up. */
                readonly active: number
                /**
                 * Format: date-time
                 * @description When the call that waits longest asked for an agent; null if no call waits.
                 */
                readonly waitingSince: string | null
              }[]
              /** @description Send it as `after` to get the next page; null on the last page. */
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
  readonly '/routing-decisions': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: {
          readonly desk?: string
          readonly agentId?: string
          readonly customerId?: string
          readonly requestId?: string
          readonly state?: string
          readonly limit?: number
          /** @description The `next` of the previous page; 404 if it belongs to another list. */
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
                /** @description Unique per event; an event with a repeated id is a duplicate. */
                readonly id: string
                /**
                 * Format: date-time
                 * @description Event time. ISO 8601, UTC.
                 */
                readonly occurredAt: string
                /** @description The system that emitted the event, e.g. crm, core-banking, simulator. */
                readonly source: string
                readonly desk: string
                readonly requestId: string
                readonly callId: string
                readonly customerId: string
                /** @description waiting; for its reservation pending, accepted, rejected, timeout, rescinded, wrapping or completed; withdrawn, given-up: the call no longer waits; refused: the desk is full; late: an answer to a reservation that has ended. */
                readonly state: string
                /** @description Explanation in words. */
                readonly reason: string
                readonly reservationId: string | null
                readonly agentId: string | null
                readonly queue: string | null
                /**
                 * Format: date-time
                 * @description When the desk next reconsiders the call by itself: the offer times out, or more agents are considered. ISO 8601, UTC.
                 */
                readonly dueAt: string | null
                /** @description Time since the call asked for an agent, in ms. */
                readonly waitedMs: number
                /** @description Number of times the call was offered. */
                readonly offers: number
                /** @description Widening step of the plan, from 0. */
                readonly step: number
                readonly intent: string | null
                readonly priority: number
                /** @description score or longest-idle; null if no agent was chosen. */
                readonly decidedBy: string | null
                /** @description Release of the plan: NONE, EVALUATION or ACTIVE. */
                readonly release: string
                readonly planVersion: number
                /** @description Weights of the score; null if nothing was scored. */
                readonly weights: {
                  /** @description Weight of the agent’s expertise in what the customer wants. */
                  readonly expertise: number
                  /** @description Weight of the free share of the agent’s or queue’s capacity. */
                  readonly load: number
                  /** @description Weight of the share of earlier calls in which the request was solved. */
                  readonly performance: number
                  /** @description Bonus if the customer knows the agent. */
                  readonly known: number
                } | null
                /** @description Agent with the highest score; in EVALUATION another agent may have got the call. */
                readonly scoredAgentId: string | null
                /** @description Number of agents who could take the call. */
                readonly considered: number
                /** @description Best queues, at most 5. */
                readonly queues: readonly {
                  readonly name: string
                  readonly score: number
                  /** @description Expertise in the intent, 0 to 1. */
                  readonly expertise: number
                  /** @description Share of the capacity in use, 0 to 1; the score counts 1 − load. */
                  readonly load: number
                  /** @description Share of earlier calls that were solved, 0 to 1. */
                  readonly performance: number
                  /** @description Whether the customer knows the agent, or one of the queue. */
                  readonly known: boolean
                }[]
                /** @description Best agents of the best queue, at most 5. */
                readonly agents: readonly {
                  readonly name: string
                  readonly score: number
                  /** @description Expertise in the intent, 0 to 1. */
                  readonly expertise: number
                  /** @description Share of the capacity in use, 0 to 1; the score counts 1 − load. */
                  readonly load: number
                  /** @description Share of earlier calls that were solved, 0 to 1. */
                  readonly performance: number
                  /** @description Whether the customer knows the agent, or one of the queue. */
                  readonly known: boolean
                }[]
                readonly customerName: string | null
              }[]
              /** @description Send it as `after` to get the next page; null on the last page. */
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
  readonly '/desks/{desk}': {
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
          readonly desk: string
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
              readonly desk: string
              /** @description Agents at work. */
              readonly agents: readonly {
                /**
                 * Format: date-time
                 * @description Event time. ISO 8601, UTC.
                 */
                readonly occurredAt: string
                readonly agentId: string
                /** @description Status of the agent; only `available` agents get calls. */
                readonly status: string
                /**
                 * Format: date-time
                 * @description When the state expires: the agent then counts as offline unless a newer state has arrived. At most 24 hours after the event. ISO 8601, UTC.
                 */
                readonly expiresAt: string
                /** @description Maximum number of simultaneous calls, those from elsewhere included. */
                readonly capacity: number
                /** @description Number of calls that the agent has from elsewhere: another desk, or a direct call. */
                readonly elsewhere: number
                /** @description Queues that the agent works for; empty if the desk has no queues. */
                readonly queues: readonly string[]
                readonly skills: readonly string[]
                /** @description Languages of the agent as language tags; case does not matter. */
                readonly languages: readonly string[]
                /** @description Expertise of the agent by intent, 0 to 1; empty if unknown, which counts as 0.5. */
                readonly expertise: {
                  readonly [key: string]: number
                }
                /** @description The agent’s calls at this desk, including offers and wrap-ups. */
                readonly calls: number
              }[]
              /** @description Longest waiting first. */
              readonly waiting: readonly {
                readonly requestId: string
                readonly callId: string
                readonly customerId: string
                readonly customerName: string | null
                /** @description waiting; for its reservation pending, accepted, rejected, timeout, rescinded, wrapping or completed; withdrawn, given-up: the call no longer waits; refused: the desk is full; late: an answer to a reservation that has ended. */
                readonly state: string
                /** @description Explanation in words. */
                readonly reason: string
                readonly reservationId: string | null
                readonly agentId: string | null
                readonly queue: string | null
                readonly intent: string | null
                readonly priority: number
                /** @description Number of times the call was offered. */
                readonly offers: number
                /** @description Widening step of the plan, from 0. */
                readonly step: number
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly since: string
                /**
                 * Format: date-time
                 * @description When the desk next reconsiders the call by itself: the offer times out, or more agents are considered. ISO 8601, UTC.
                 */
                readonly dueAt: string | null
                /** @description From the request until the call entered this state or, while it waits, until now. */
                readonly waitedMs: number
              }[]
              /** @description Calls offered to an agent who has not answered yet. */
              readonly offered: readonly {
                readonly requestId: string
                readonly callId: string
                readonly customerId: string
                readonly customerName: string | null
                /** @description waiting; for its reservation pending, accepted, rejected, timeout, rescinded, wrapping or completed; withdrawn, given-up: the call no longer waits; refused: the desk is full; late: an answer to a reservation that has ended. */
                readonly state: string
                /** @description Explanation in words. */
                readonly reason: string
                readonly reservationId: string | null
                readonly agentId: string | null
                readonly queue: string | null
                readonly intent: string | null
                readonly priority: number
                /** @description Number of times the call was offered. */
                readonly offers: number
                /** @description Widening step of the plan, from 0. */
                readonly step: number
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly since: string
                /**
                 * Format: date-time
                 * @description When the desk next reconsiders the call by itself: the offer times out, or more agents are considered. ISO 8601, UTC.
                 */
                readonly dueAt: string | null
                /** @description From the request until the call entered this state or, while it waits, until now. */
                readonly waitedMs: number
              }[]
              /** @description Calls in conversation or wrap-up. */
              readonly active: readonly {
                readonly requestId: string
                readonly callId: string
                readonly customerId: string
                readonly customerName: string | null
                /** @description waiting; for its reservation pending, accepted, rejected, timeout, rescinded, wrapping or completed; withdrawn, given-up: the call no longer waits; refused: the desk is full; late: an answer to a reservation that has ended. */
                readonly state: string
                /** @description Explanation in words. */
                readonly reason: string
                readonly reservationId: string | null
                readonly agentId: string | null
                readonly queue: string | null
                readonly intent: string | null
                readonly priority: number
                /** @description Number of times the call was offered. */
                readonly offers: number
                /** @description Widening step of the plan, from 0. */
                readonly step: number
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly since: string
                /**
                 * Format: date-time
                 * @description When the desk next reconsiders the call by itself: the offer times out, or more agents are considered. ISO 8601, UTC.
                 */
                readonly dueAt: string | null
                /** @description From the request until the call entered this state or, while it waits, until now. */
                readonly waitedMs: number
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
  readonly '/call-sessions': {
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
          /** @description Whether the call has ended. Default: both. */
          readonly isOver?: boolean
          readonly limit?: number
          /** @description The `next` of the previous page; 404 if it belongs to another list. */
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
                readonly callId: string
                readonly customerId: string
                readonly customerName: string | null
                readonly language: string
                readonly template: string
                readonly templateVersion: number
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly startedAt: string
                /**
                 * Format: date-time
                 * @description Time of the latest report about the call.
                 */
                readonly lastAt: string
                readonly isOver: boolean
                /** @description What the customer heard last, a part or an answer; null at the beginning. */
                readonly partId: string | null
                /** @description Parts of the script that were said or skipped. */
                readonly partsDone: number
                /** @description Parts of the script. */
                readonly parts: number
                /** @description Turns of the customer so far. */
                readonly turns: number
                /** @description listen, end or transfer. */
                readonly next: string
                /** @description Why the latest answer deviated from the script. */
                readonly reasons: readonly string[]
              }[]
              /** @description Send it as `after` to get the next page; null on the last page. */
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
  readonly '/call-sessions/{callId}': {
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
              readonly callId: string
              readonly customerId: string
              readonly customerName: string | null
              readonly language: string
              readonly template: string
              readonly templateVersion: number
              /**
               * Format: date-time
               * @description ISO 8601, UTC.
               */
              readonly startedAt: string
              /**
               * Format: date-time
               * @description Time of the latest report about the call.
               */
              readonly lastAt: string
              readonly isOver: boolean
              readonly parts: readonly {
                readonly id: string
                readonly text: string
                readonly required: boolean
                /** @description pending, said or skipped. */
                readonly state: string
                readonly interruptions: number
              }[]
              /** @description Answers to objections; `used`: it was given in this call. */
              readonly answers: readonly {
                readonly objection: string
                readonly text: string
                readonly used: boolean
              }[]
              /** @description Number after the newest turn of the customer. */
              readonly turns: number
              readonly prompt: {
                /** @description Number of the step; a report about an older step is answered with the current prompt again. */
                readonly step: number
                /** @description What to say, in order; empty: nothing. */
                readonly say: readonly {
                  readonly partId: string
                  readonly text: string
                  readonly required: boolean
                }[]
                /**
                 * @description After saying it: listen to the customer, end the call, or transfer it to an agent.
                 * @enum {unknown}
                 */
                readonly next: 'listen' | 'end' | 'transfer'
                /** @description Why it deviates from the script. */
                readonly reasons: readonly string[]
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
  readonly '/session-steps': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: {
          readonly callId?: string
          readonly customerId?: string
          readonly template?: string
          readonly limit?: number
          /** @description The `next` of the previous page; 404 if it belongs to another list. */
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
                /** @description Unique per event; an event with a repeated id is a duplicate. */
                readonly id: string
                /**
                 * Format: date-time
                 * @description Event time. ISO 8601, UTC.
                 */
                readonly occurredAt: string
                /** @description The system that emitted the event, e.g. crm, core-banking, simulator. */
                readonly source: string
                readonly customerId: string
                readonly callId: string
                /** @description Number of the step in the call, from 1. */
                readonly step: number
                /** @description What the step answers: start, turn, interruption, silence, end. */
                readonly report: string
                /** @description Number of the customer’s turn; null for other reports. */
                readonly turn: number | null
                /** @description What the customer said, or what was played until the interruption. */
                readonly spoken: string | null
                readonly intent: string | null
                readonly objection: string | null
                /** @description Part or answer that the customer did not understand; null if there is none. */
                readonly confusedBy: string | null
                readonly template: string
                readonly templateVersion: number
                readonly policyVersion: number
                readonly say: readonly {
                  readonly partId: string
                  readonly text: string
                  readonly required: boolean
                }[]
                /** @description listen, end or transfer. */
                readonly next: string
                readonly reasons: readonly string[]
                /** @description Required parts that have not been said completely so far. */
                readonly unsaid: readonly string[]
                readonly customerName: string | null
              }[]
              /** @description Send it as `after` to get the next page; null on the last page. */
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
  readonly '/script-revisions': {
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
                readonly template: string
                readonly templateVersion: number
                /** @description Id of the part, or `answer:` and the objection. */
                readonly partId: string
                /** @description Calls in which it was said. */
                readonly calls: number
                /** @description Calls in which the customer did not understand it. */
                readonly confused: number
                /** @description Estimate with its 95 % interval; null if there is no data yet. */
                readonly confusionRate: {
                  readonly value: number
                  readonly lower: number | null
                  readonly upper: number | null
                } | null
                /** @description What these customers said, newest first. */
                readonly examples: readonly string[]
                /** @description The present text; null if the version is no longer known. */
                readonly text: string | null
                /** @description The simpler wording; null if the template has none and a person must write it. */
                readonly proposedText: string | null
                /** @description accepted or rejected; null: not decided yet. */
                readonly decision: string | null
                /** @description Version of the template that the revision made. */
                readonly newVersion: number | null
                readonly decidedBy: string | null
                readonly reason: string | null
                /** Format: date-time */
                readonly decidedAt: string | null
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
                /** @description Product that has it; null: all products. */
                readonly product: string | null
                readonly probability: number
                /** @description Needs of organisations like this one that it answers, those that contact persons are interested in first. */
                readonly needs: readonly {
                  readonly id: string
                  readonly name: string
                  readonly category: string
                  /** @description Whether a contact person is interested in the category. */
                  readonly ofContacts: boolean
                }[]
                /** @description What to say at this stage; null if the dictionary has no advice for it. */
                readonly advice: string | null
                /** @description The largest contributions to the probability, largest first. */
                readonly reasons: readonly {
                  readonly feature: string
                  /** @description null if unknown. */
                  readonly value: number | null
                  /** @description Contribution to the margin: the log-odds of a probability, or the estimate itself. The contributions and the base add up to the margin. */
                  readonly contribution: number
                  readonly words: string
                  /** @description Names of things that are hashed into the feature, at most three; empty if there are none. */
                  readonly names: readonly string[]
                  /** @description What the value usually is; null if unknown, or without a noticeable difference. */
                  readonly usual: number | null
                }[]
              }[]
              /** @description Characteristics with a lower probability are omitted. */
              readonly threshold: number
              /** @description Id of the model; null if there was no usable one. */
              readonly modelId: string | null
              /** @description Version of the dictionary that the model was trained on; null if there is no model. */
              readonly modelDictionaryVersion: number | null
              /** @description Version of the dictionary that names and advice come from; 0: the built-in default. */
              readonly dictionaryVersion: number
              /** @description Active characteristics that the model does not know. */
              readonly unknownToModel: readonly string[]
              /** @description Why there is no list. */
              readonly absent: string | null
              /** @description true if the list is as last published, false if it was scored on request for the given stage. */
              readonly live: boolean
              /**
               * Format: date-time
               * @description Event time of the published list; null if scored on request.
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
              /** @description Strongest first. */
              readonly interests: readonly {
                readonly product: string
                /** @description Probability that the customer accepts it. */
                readonly probability: number
                /** @description The largest contributions to the probability, largest first. */
                readonly reasons: readonly {
                  readonly feature: string
                  /** @description null if unknown. */
                  readonly value: number | null
                  /** @description Contribution to the margin: the log-odds of a probability, or the estimate itself. The contributions and the base add up to the margin. */
                  readonly contribution: number
                  readonly words: string
                  /** @description Names of things that are hashed into the feature, at most three; empty if there are none. */
                  readonly names: readonly string[]
                  /** @description What the value usually is; null if unknown, or without a noticeable difference. */
                  readonly usual: number | null
                }[]
              }[]
              /** @description Id of the model; null if there was no usable one. */
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
                /** @description Field of activity of the organisations that it applies to; null: all. */
                readonly fieldOfActivity: string | null
                /** @description Segment of the organisations that it applies to; null: all. */
                readonly segment: string | null
                /** @description Whether it is no longer shown. */
                readonly retired: boolean
              }[]
              readonly characteristics: readonly {
                readonly id: string
                readonly name: string
                readonly description: string
                /** @description Product that has it; null: all products. */
                readonly product: string | null
                /** @description Ids of the needs that it answers. */
                readonly needs: readonly string[]
                /** @description What to say, by stage of the funnel. */
                readonly advice: {
                  readonly [key: string]: string
                }
                /** @description Whether it is no longer recommended. */
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
          readonly task?:
            | 'loan-demand'
            | 'call-conversion'
            | 'preferences'
            | 'conversion'
            | 'false-visit'
            | 'intent'
            | 'recommendation'
          readonly customerId?: string
          readonly salespersonId?: string
          /** @description Whether to include the rows and texts that the models saw, which are long. */
          readonly rows?: boolean
          readonly limit?: number
          /** @description The `next` of the previous page; 404 if it belongs to another list. */
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
                /** @description Unique per event; an event with a repeated id is a duplicate. */
                readonly id: string
                /**
                 * Format: date-time
                 * @description Event time. ISO 8601, UTC.
                 */
                readonly occurredAt: string
                /** @description Task: conversion, loan-demand, call-conversion, … */
                readonly task: string
                /** @description Id of the opportunity or the customer. */
                readonly subjectId: string
                readonly customerId: string
                readonly opportunityId: string | null
                readonly salespersonId: string | null
                /** @description Number of visits of the opportunity so far; only for conversion. */
                readonly visitCount: number | null
                /** @description null if no model has scored it. */
                readonly probability: number | null
                readonly modelId: string | null
                /** @description Why there is no probability. */
                readonly absent: string | null
                /** @description Name and version of the feature set that names the numbers of the row. */
                readonly featureSet: string
                /** @description Topic of the record that caused the score; null for a sweep after a change of model or policy. */
                readonly inputTopic: string | null
                readonly inputPartition: number | null
                readonly inputOffset: number | null
                /** @description Id of the customer-features record whose values are the row; null if the row is in this record. */
                readonly featuresId: string | null
                /** @description Probability with which the task acts on a subject with this score: 1 from its threshold on, below it the explored share; null if unknown. */
                readonly propensity: number | null
                /** @description Whether the task acts on the subject, so that there will be a label; null if unknown. */
                readonly acted: boolean | null
                readonly customerName: string | null
                /** @description Values by feature name; null if unknown. */
                readonly row?: {
                  readonly [key: string]: number | null
                }
                /** @description Text that the model read; null if it reads none. */
                readonly text?: string | null
              }[]
              /** @description Send it as `after` to get the next page; null on the last page. */
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
          readonly task?:
            | 'loan-demand'
            | 'call-conversion'
            | 'preferences'
            | 'conversion'
            | 'false-visit'
            | 'intent'
            | 'recommendation'
          readonly subjectId?: string
          /** @description Event time, inclusive. */
          readonly until?: string
          /** @description Whether to include the rows and texts that the models saw, which are long. */
          readonly rows?: boolean
          readonly limit?: number
          /** @description The `next` of the previous page; 404 if it belongs to another list. */
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
                /** @description Unique per event; an event with a repeated id is a duplicate. */
                readonly id: string
                /**
                 * Format: date-time
                 * @description Event time. ISO 8601, UTC.
                 */
                readonly occurredAt: string
                /** @description Task: conversion, loan-demand, call-conversion, … */
                readonly task: string
                /** @description Id of the opportunity or the customer. */
                readonly subjectId: string
                readonly customerId: string
                readonly opportunityId: string | null
                readonly salespersonId: string | null
                /** @description Number of visits of the opportunity so far; only for conversion. */
                readonly visitCount: number | null
                /** @description null if no model has scored it. */
                readonly probability: number | null
                readonly modelId: string | null
                /** @description Why there is no probability. */
                readonly absent: string | null
                /** @description Name and version of the feature set that names the numbers of the row. */
                readonly featureSet: string
                /** @description Topic of the record that caused the score; null for a sweep after a change of model or policy. */
                readonly inputTopic: string | null
                readonly inputPartition: number | null
                readonly inputOffset: number | null
                /** @description Id of the customer-features record whose values are the row; null if the row is in this record. */
                readonly featuresId: string | null
                /** @description Probability with which the task acts on a subject with this score: 1 from its threshold on, below it the explored share; null if unknown. */
                readonly propensity: number | null
                /** @description Whether the task acts on the subject, so that there will be a label; null if unknown. */
                readonly acted: boolean | null
                readonly customerName: string | null
                /** @description Values by feature name; null if unknown. */
                readonly row?: {
                  readonly [key: string]: number | null
                }
                /** @description Text that the model read; null if it reads none. */
                readonly text?: string | null
              }[]
              /** @description Send it as `after` to get the next page; null on the last page. */
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
                /** @description Hash of the artefact. */
                readonly id: string
                readonly task: string
                readonly algorithm: string
                readonly featureSet: string
                readonly metrics: {
                  readonly [key: string]: number | null
                }
                /** @description Facts about the training data. */
                readonly data: {
                  readonly [key: string]: unknown
                }
                readonly codeVersion: string
                /** @description challenger, shadow, canary, champion or retired. */
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
                readonly gate: {
                  /** @description Version of the gate; 0: the built-in default. */
                  readonly version: number
                  readonly passed: boolean
                  /** @description It is better, but would move too many customers across the threshold. */
                  readonly held: boolean
                  readonly checks: readonly {
                    /** @enum {string} */
                    readonly rule:
                      | 'better'
                      | 'labels'
                      | 'reference'
                      | 'selection'
                      | 'calibration'
                      | 'groups'
                      | 'latency'
                      | 'shift'
                      | 'moved'
                    /** @description null: it could not be measured, or the gate sets no bound. */
                    readonly passed: boolean | null
                    readonly value: number | null
                    readonly bound: number | null
                    readonly says: string
                  }[]
                } | null
                /** @description Share of the customers that a canary scores. */
                readonly canaryShare: number | null
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
  readonly '/models/{id}': {
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
              readonly model: {
                /** @description Hash of the artefact. */
                readonly id: string
                readonly task: string
                readonly algorithm: string
                readonly featureSet: string
                readonly metrics: {
                  readonly [key: string]: number | null
                }
                /** @description Facts about the training data. */
                readonly data: {
                  readonly [key: string]: unknown
                }
                readonly codeVersion: string
                /** @description challenger, shadow, canary, champion or retired. */
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
                readonly gate: {
                  /** @description Version of the gate; 0: the built-in default. */
                  readonly version: number
                  readonly passed: boolean
                  /** @description It is better, but would move too many customers across the threshold. */
                  readonly held: boolean
                  readonly checks: readonly {
                    /** @enum {string} */
                    readonly rule:
                      | 'better'
                      | 'labels'
                      | 'reference'
                      | 'selection'
                      | 'calibration'
                      | 'groups'
                      | 'latency'
                      | 'shift'
                      | 'moved'
                    /** @description null: it could not be measured, or the gate sets no bound. */
                    readonly passed: boolean | null
                    readonly value: number | null
                    readonly bound: number | null
                    readonly says: string
                  }[]
                } | null
                /** @description Share of the customers that a canary scores. */
                readonly canaryShare: number | null
              }
              readonly acts: readonly {
                readonly task: string
                /** @enum {string} */
                readonly act:
                  'promote' | 'rollback' | 'shadow' | 'canary' | 'withdraw' | 'hold' | 'warn' | 'freeze' | 'unfreeze'
                readonly modelId: string | null
                /** @description The person, or `scoreline` for the platform itself. */
                readonly by: string
                readonly reason: string
                /** @description The numbers that it is based on. */
                readonly numbers: {
                  readonly [key: string]: number
                }
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly at: string
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
  readonly '/model-tasks': {
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
                readonly live: {
                  readonly champion: string | null
                  readonly canary: {
                    readonly modelId: string
                    readonly share: number
                  } | null
                  readonly shadows: readonly string[]
                }
                /** @description The act that froze it; null if it is not frozen. */
                readonly frozen: {
                  readonly task: string
                  /** @enum {string} */
                  readonly act:
                    'promote' | 'rollback' | 'shadow' | 'canary' | 'withdraw' | 'hold' | 'warn' | 'freeze' | 'unfreeze'
                  readonly modelId: string | null
                  /** @description The person, or `scoreline` for the platform itself. */
                  readonly by: string
                  readonly reason: string
                  /** @description The numbers that it is based on. */
                  readonly numbers: {
                    readonly [key: string]: number
                  }
                  /**
                   * Format: date-time
                   * @description ISO 8601, UTC.
                   */
                  readonly at: string
                } | null
                readonly shadows: readonly {
                  readonly modelId: string
                  /** @description Number of subjects that it has scored. */
                  readonly scores: number
                  readonly meanScore: number
                  readonly meanLiveScore: number | null
                  /** @description Mean distance of its scores from the live ones of the same rows. */
                  readonly meanDistance: number | null
                }[]
                /** @description What was done with its models, newest first. */
                readonly acts: readonly {
                  readonly task: string
                  /** @enum {string} */
                  readonly act:
                    'promote' | 'rollback' | 'shadow' | 'canary' | 'withdraw' | 'hold' | 'warn' | 'freeze' | 'unfreeze'
                  readonly modelId: string | null
                  /** @description The person, or `scoreline` for the platform itself. */
                  readonly by: string
                  readonly reason: string
                  /** @description The numbers that it is based on. */
                  readonly numbers: {
                    readonly [key: string]: number
                  }
                  /**
                   * Format: date-time
                   * @description ISO 8601, UTC.
                   */
                  readonly at: string
                }[]
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
  readonly '/model-tasks/live-on': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query: {
          /** @description Day in UTC, such as 2026-11-30. */
          readonly date: string
          readonly task?: string
          /** @description Says which of the live models scored this customer. */
          readonly customerId?: string
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
                readonly task: string
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly from: string
                /**
                 * Format: date-time
                 * @description Exclusive; null: until now.
                 */
                readonly to: string | null
                readonly live: {
                  readonly champion: string | null
                  readonly canary: {
                    readonly modelId: string
                    readonly share: number
                  } | null
                  readonly shadows: readonly string[]
                }
                readonly by: string
                readonly reason: string
                /** @description The model that scored the customer, canaries included; null without a customer. */
                readonly scoredBy: string | null
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
  readonly '/customers/{customerId}/lineage': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query: {
          readonly task: string
          /** @description The opportunity or the customer that was scored; by default the last one. */
          readonly subjectId?: string
          /** @description The newest score up to this time. */
          readonly until?: string
        }
        readonly header?: never
        readonly path: {
          readonly customerId: string
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
              readonly score: {
                readonly id: string
                readonly task: string
                readonly subjectId: string
                readonly customerId: string
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly occurredAt: string
                /** @description null if no model has scored it. */
                readonly probability: number | null
                readonly modelId: string | null
                readonly absent: string | null
              }
              readonly model: {
                /** @description Hash of the artefact. */
                readonly id: string
                readonly task: string
                readonly algorithm: string
                readonly featureSet: string
                readonly metrics: {
                  readonly [key: string]: number | null
                }
                /** @description Facts about the training data. */
                readonly data: {
                  readonly [key: string]: unknown
                }
                readonly codeVersion: string
                /** @description challenger, shadow, canary, champion or retired. */
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
                readonly gate: {
                  /** @description Version of the gate; 0: the built-in default. */
                  readonly version: number
                  readonly passed: boolean
                  /** @description It is better, but would move too many customers across the threshold. */
                  readonly held: boolean
                  readonly checks: readonly {
                    /** @enum {string} */
                    readonly rule:
                      | 'better'
                      | 'labels'
                      | 'reference'
                      | 'selection'
                      | 'calibration'
                      | 'groups'
                      | 'latency'
                      | 'shift'
                      | 'moved'
                    /** @description null: it could not be measured, or the gate sets no bound. */
                    readonly passed: boolean | null
                    readonly value: number | null
                    readonly bound: number | null
                    readonly says: string
                  }[]
                } | null
                /** @description Share of the customers that a canary scores. */
                readonly canaryShare: number | null
              } | null
              readonly acts: readonly {
                readonly task: string
                /** @enum {string} */
                readonly act:
                  'promote' | 'rollback' | 'shadow' | 'canary' | 'withdraw' | 'hold' | 'warn' | 'freeze' | 'unfreeze'
                readonly modelId: string | null
                /** @description The person, or `scoreline` for the platform itself. */
                readonly by: string
                readonly reason: string
                /** @description The numbers that it is based on. */
                readonly numbers: {
                  readonly [key: string]: number
                }
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly at: string
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
  readonly '/model-reports': {
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
          readonly modelId?: string
          readonly limit?: number
          /** @description The `next` of the previous page; 404 if it belongs to another list. */
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
                readonly id: number
                readonly task: string
                readonly modelId: string
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly measuredAt: string
                /**
                 * Format: date-time
                 * @description Event time of the newest score.
                 */
                readonly asOf: string
                /** @description Rows that the model learned from, of those compared. */
                readonly referenceRows: number
                /** @description Newest rows that it scored, of those compared. */
                readonly recentRows: number
                readonly inputsTested: number
                readonly inputsDrifted: number
                readonly missingBefore: number | null
                readonly missingNow: number | null
                /** @description Between the scores of the rows that it was compared on before its release and its newest scores. */
                readonly scoreStabilityIndex: number | null
                /** @description In the first report on the model; null in that report. */
                readonly scoreStabilityIndexAtRelease: number | null
                readonly meanScoreBefore: number | null
                readonly meanScoreNow: number | null
                /** @description Days of event time from the newest row that it learned from to the newest score. */
                readonly ageDays: number | null
                /** @description Newest live scores whose label is known. */
                readonly labels: number
                /** @description Log loss of probabilities or root mean squared error of estimates on these labels. */
                readonly loss: number | null
                readonly lossAtRelease: number | null
                /** @description null: not known, for example without positive labels. */
                readonly auc: number | null
                readonly calibrationError: number | null
                /** @description Mean label minus mean score. */
                readonly bias: number | null
                /** @description What the newest scores lead to expect before their labels are known. */
                readonly lossExpected: number | null
                /** @description How wrong that was in earlier weeks, root mean square; null with fewer than two. */
                readonly lossExpectedError: number | null
                readonly aucExpected: number | null
                readonly aucExpectedError: number | null
                /** @description The inputs that changed most. */
                readonly inputs: readonly {
                  readonly feature: string
                  /** @description Population stability index of the known values; null with too few of them. */
                  readonly stabilityIndex: number | null
                  /** @description none: index below 0.1; moderate: below 0.25; otherwise large. */
                  readonly band: ('none' | 'moderate' | 'large') | null
                  /** @description Kolmogorov–Smirnov distance, from 0 to 1. */
                  readonly distance: number | null
                  /** @description Corrected for the number of inputs. */
                  readonly pValue: number
                  /** @description Whether the tests and the size of the change agree. */
                  readonly drifted: boolean
                  /** @description Share of missing values in the rows that the model learned from. */
                  readonly missingBefore: number
                  readonly missingNow: number
                  /** @description In the first report on the model; null in that report. */
                  readonly stabilityIndexAtRelease: number | null
                  readonly missingAtRelease: number | null
                }[]
                /** @description Bounds of the gate that the model does not keep. */
                readonly warnings: readonly {
                  /** @enum {unknown} */
                  readonly rule: 'inputs' | 'missing' | 'scores' | 'calibration' | 'loss' | 'age'
                  readonly says: string
                }[]
              }[]
              /** @description Send it as `after` to get the next page; null on the last page. */
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
  readonly '/trainings': {
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
          readonly limit?: number
          /** @description The `next` of the previous page; 404 if it belongs to another list. */
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
                readonly id: number
                readonly task: string
                /**
                 * @description first: the task had no model; schedule, labels, drift: the retrainer decided; request: a person asked for it; command: `scoreline train`.
                 * @enum {unknown}
                 */
                readonly trigger: 'first' | 'schedule' | 'labels' | 'drift' | 'request' | 'command'
                /** @description What the trigger saw, or the reason that a person gave. */
                readonly why: string
                readonly requestedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly requestedAt: string
                /** @enum {unknown} */
                readonly state: 'requested' | 'running' | 'ended' | 'failed'
                /** @description How often it was started; its process may have ended in the middle. */
                readonly attempts: number
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly startedAt: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly endedAt: string | null
                /** @description Training labels of the task when it began. */
                readonly labels: number | null
                /**
                 * Format: date-time
                 * @description When the newest of them had become known.
                 */
                readonly labelsKnownTo: string | null
                /** @description The result in words; for a failed training, the cause. */
                readonly result: string | null
                readonly modelId: string | null
                readonly promoted: boolean | null
              }[]
              /** @description Send it as `after` to get the next page; null on the last page. */
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
  readonly '/label-holds': {
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
          /** @description Only those that have been released, or only those that have not. */
          readonly released?: boolean
          readonly limit?: number
          /** @description The `next` of the previous page; 404 if it belongs to another list. */
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
                readonly id: number
                readonly task: string
                /**
                 * @description What `name` names.
                 * @enum {unknown}
                 */
                readonly kind: 'source' | 'reviewer'
                readonly name: string
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly knownFrom: string
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly knownTo: string
                /** @description How many labels became known in that week, when they were held. */
                readonly labels: number
                readonly mean: number
                /** @description Median of the weekly means of the task. */
                readonly usual: number
                readonly reason: string
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly heldAt: string
                readonly releasedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly releasedAt: string | null
                readonly releaseReason: string | null
              }[]
              /** @description Send it as `after` to get the next page; null on the last page. */
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
          /** @description The `next` of the previous page; 404 if it belongs to another list. */
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
                /** @description The same at every attempt, so that receivers can detect duplicates. */
                readonly messageId: string
                /** @description alert.raised, alert.withdrawn or potential-customer.changed. */
                readonly type: string
                /** @description Kind of the alert; null if the message is about something else. */
                readonly kind: string | null
                /** @description The customer, whose messages are sent in order. */
                readonly record: string
                /** @enum {string} */
                readonly status: 'waiting' | 'delivered' | 'dead'
                /** @description Attempts so far; a redrive starts from 0. */
                readonly attempts: number
                /** @description The receiver’s last answer, or what went wrong. */
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
                 * @description Time of the next attempt, if it is waiting.
                 */
                readonly nextAt: string | null
                /**
                 * Format: date-time
                 * @description Time of the last attempt.
                 */
                readonly attemptedAt: string | null
                /**
                 * Format: date-time
                 * @description When it was delivered or given up.
                 */
                readonly finishedAt: string | null
              }[]
              /** @description Send it as `after` to get the next page; null on the last page. */
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
  readonly '/webhooks/unmapped': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: {
          /** @description Name of the source. */
          readonly webhook?: string
          /** @description pending or replayed. */
          readonly state?: string
          readonly limit?: number
          /** @description The `next` of the previous page; 404 if it belongs to another list. */
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
                /** @description Unique per event; an event with a repeated id is a duplicate. */
                readonly id: string
                /**
                 * Format: date-time
                 * @description Event time. ISO 8601, UTC.
                 */
                readonly occurredAt: string
                /** @description Name of the source. */
                readonly webhook: string
                readonly deliveryId: string
                readonly contentType: string
                /** @description Version of the source that could not map it. */
                readonly mappingVersion: number
                readonly problems: readonly {
                  /** @description Index of the event in the result of the mapping; null: the payload as a whole. */
                  readonly index: number | null
                  readonly topic: string | null
                  /** @description JSON Pointer to the value in the event. */
                  readonly path: string
                  readonly problem: string
                }[]
                /** @description Ids of the events of this payload that were accepted. */
                readonly acceptedIds: readonly string[]
                /** @description Replays so far. */
                readonly attempts: number
                readonly state: string
                /** @description The first 4 KiB of the body as text; `***` for people who may not see all customers with all fields. */
                readonly body: string
                /** @description Length of the body in bytes. */
                readonly bodyBytes: number
              }[]
              /** @description Send it as `after` to get the next page; null on the last page. */
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
  readonly '/processors': {
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
              /** @description Host and process id of the process that answers. */
              readonly process: string
              readonly items: readonly {
                readonly name: string
                readonly purpose: string
                readonly inputs: readonly string[]
                readonly outputs: readonly string[]
                /** @description Scorers decide by the rows of the processor, in the same task and transaction. */
                readonly scorers: readonly {
                  readonly name: string
                  readonly purpose: string
                  readonly outputs: readonly string[]
                }[]
                /** @description null if this process runs no task of it. */
                readonly running: {
                  /**
                   * @description The worst among its tasks.
                   * @enum {string}
                   */
                  readonly state: 'running' | 'restoring' | 'failed'
                  readonly eventsPerSecond: number
                  readonly scoresPerSecond: number
                  /** @description Time from the write of a record to the commit of its results; null if nothing was committed recently. */
                  readonly latencyMsMedian: number | null
                  readonly latencyMsP99: number | null
                  /** @description Records that wait for its tasks. */
                  readonly lag: number
                  /** @description Age of the oldest of them; 0 if none waits. */
                  readonly oldestAgeSeconds: number
                  readonly tasks: readonly {
                    readonly partition: number
                    /** @description Number of its stream thread; null if the processors have no threads of their own. */
                    readonly thread: number | null
                    /** @enum {string} */
                    readonly state: 'running' | 'restoring' | 'failed'
                    /** @description Why it failed; it is tried again. */
                    readonly reason: string | null
                    /** @description Records that wait for it. */
                    readonly lag: number
                    /** @description Age of the oldest of them; 0 if none waits. */
                    readonly oldestAgeSeconds: number
                  }[]
                } | null
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
          /** @description The `next` of the previous page; 404 if it belongs to another list. */
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
                /** @description Unique per event; an event with a repeated id is a duplicate. */
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
                /** @description The key in base64; null also for those without the right `read-customers`. */
                readonly key: string | null
                /** @description The first kilobyte of the value in base64; `scoreline dead-letters list` shows all of it; null also for those without the right `read-customers`. */
                readonly value: string | null
                /** @description Length of the value in bytes. */
                readonly valueBytes: number | null
                /** @description Who sent the record to its topic again; null if it was not sent. */
                readonly redrivenBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly redrivenAt: string | null
                readonly redriveReason: string | null
              }[]
              /** @description Send it as `after` to get the next page; null on the last page. */
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
  readonly '/dead-letters/{id}': {
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
              /** @description Unique per event; an event with a repeated id is a duplicate. */
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
              /** @description The key in base64; null also for those without the right `read-customers`. */
              readonly key: string | null
              /** @description The first kilobyte of the value in base64; `scoreline dead-letters list` shows all of it; null also for those without the right `read-customers`. */
              readonly value: string | null
              /** @description Length of the value in bytes. */
              readonly valueBytes: number | null
              /** @description Who sent the record to its topic again; null if it was not sent. */
              readonly redrivenBy: string | null
              /**
               * Format: date-time
               * @description ISO 8601, UTC.
               */
              readonly redrivenAt: string | null
              readonly redriveReason: string | null
              /** @description Whether key and value are left out, without the right `read-customers`. */
              readonly payloadHidden: boolean
              /** @description The value as JSON; null if it can’t be decoded or is left out. */
              readonly payload: Record<string, never> | null
              /** @description Why the value can’t be decoded. */
              readonly undecodable: string | null
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
          /** @description The `next` of the previous page; 404 if it belongs to another list. */
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
                /** @description Unique per event; an event with a repeated id is a duplicate. */
                readonly id: string
                /**
                 * Format: date-time
                 * @description Event time. ISO 8601, UTC.
                 */
                readonly occurredAt: string
                /** @description The reader that missed the records; `sink`: the database lacks them. */
                readonly processor: string
                /** @description Name of the topic on the broker. */
                readonly topic: string
                readonly partition: number
                /** @description Offset of the first record that was not read. */
                readonly from: number
                /** @description Offset of the first available record, where reading resumed. */
                readonly to: number
              }[]
              /** @description Send it as `after` to get the next page; null on the last page. */
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
  readonly '/topics': {
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
                readonly topic: string
                readonly role: string
                readonly producer: string
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
  readonly '/keys': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: {
          /** @description Holder of the key. */
          readonly name?: string
          readonly limit?: number
          /** @description The `next` of the previous page; 404 if it belongs to another list. */
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
                /** @description Public part of the key. */
                readonly id: string
                /** @description Holder of the key, recorded as the author of changes. */
                readonly name: string
                readonly roles: readonly string[]
                /** @description The salesperson that the holder is; null if none. */
                readonly salespersonId: string | null
                /** @description The team that the holder leads; null if none. */
                readonly teamId: string | null
                readonly createdBy: string
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly createdAt: string
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly expiresAt: string
                readonly revokedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly revokedAt: string | null
                /**
                 * Format: date-time
                 * @description Up to an hour behind the last use; null if never used.
                 */
                readonly lastUsedAt: string | null
              }[]
              /** @description Send it as `after` to get the next page; null on the last page. */
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
                  /** @description Bound on maximum minus minimum probability over the counted visits. */
                  readonly probabilityMovedLessThan: number | null
                }[]
                /** @description Kinds of evidence that differ from the default; docs/visits.md states the defaults. */
                readonly evidence: readonly {
                  /** @description Kind of evidence, as listed in docs/visits.md. */
                  readonly kind: string
                  /** @description Weight in the false score, multiplied by the score of the evidence; 0: ignored, null: the default. */
                  readonly falseWeight: number | null
                  /** @description Weight in the invalid score, likewise. */
                  readonly invalidWeight: number | null
                  /** @description Parameters that differ from the default, by name. */
                  readonly parameters: {
                    readonly [key: string]: number
                  }
                }[]
                /** @description False score from which a visit is suspected to be false. */
                readonly falseFrom: number
                /** @description Invalid score from which a visit is invalid. */
                readonly invalidFrom: number
                /** @description Devices that several people use, such as a team’s tablet; they are no evidence of one device under two names. */
                readonly sharedDevices: readonly string[]
                /** @description 0: the built-in default. */
                readonly version: number
                readonly changedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string | null
                /** @description Why it was changed; null if no reason was stated. */
                readonly reason: string | null
                /** @description Whether it was activated although it flagged too much in a trial on past visits. */
                readonly forced: boolean
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
  readonly '/policy-limits': {
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
                /** @description Maximum share of a day’s visits that a policy may flag; beyond it, the policy is held. */
                readonly shareMax: number
                /** @description Flags per day that are allowed in addition to the share: among few visits, a few flags are no sign. */
                readonly allowance: number
                /** @description Days of history that a policy is tried on before activation; 0: it is not tried. */
                readonly daysChecked: number
                /** @description 0: the built-in default. */
                readonly version: number
                readonly changedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string | null
                /** @description Why it was changed; null if no reason was stated. */
                readonly reason: string | null
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
  readonly '/policy-limits/{name}': {
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
              /** @description Maximum share of a day’s visits that a policy may flag; beyond it, the policy is held. */
              readonly shareMax: number
              /** @description Flags per day that are allowed in addition to the share: among few visits, a few flags are no sign. */
              readonly allowance: number
              /** @description Days of history that a policy is tried on before activation; 0: it is not tried. */
              readonly daysChecked: number
              /** @description 0: the built-in default. */
              readonly version: number
              readonly changedBy: string | null
              /**
               * Format: date-time
               * @description ISO 8601, UTC.
               */
              readonly changedAt: string | null
              /** @description Why it was changed; null if no reason was stated. */
              readonly reason: string | null
              /** @description All edited versions, newest first. */
              readonly history: readonly {
                readonly name: string
                /** @description Maximum share of a day’s visits that a policy may flag; beyond it, the policy is held. */
                readonly shareMax: number
                /** @description Flags per day that are allowed in addition to the share: among few visits, a few flags are no sign. */
                readonly allowance: number
                /** @description Days of history that a policy is tried on before activation; 0: it is not tried. */
                readonly daysChecked: number
                /** @description 0: the built-in default. */
                readonly version: number
                readonly changedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string | null
                /** @description Why it was changed; null if no reason was stated. */
                readonly reason: string | null
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
  readonly '/shadow-policies': {
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
                readonly candidates: readonly {
                  /** @description Id of the shadow policy, as people name it. */
                  readonly id: string
                  /** @description The content of a policy. */
                  readonly policy: {
                    readonly rules: readonly {
                      /** @enum {string} */
                      readonly verdict: 'fine' | 'invalid' | 'suspected_false'
                      readonly visitCountMin: number
                      /** @description Counts only visits within this many days before the latest one; null: all. */
                      readonly withinDays: number | null
                      readonly probabilityBelow: number | null
                      /** @description Bound on maximum minus minimum probability over the counted visits. */
                      readonly probabilityMovedLessThan: number | null
                    }[]
                    /** @description Kinds of evidence that differ from the default; docs/visits.md states the defaults. */
                    readonly evidence: readonly {
                      /** @description Kind of evidence, as listed in docs/visits.md. */
                      readonly kind: string
                      /** @description Weight in the false score, multiplied by the score of the evidence; 0: ignored, null: the default. */
                      readonly falseWeight: number | null
                      /** @description Weight in the invalid score, likewise. */
                      readonly invalidWeight: number | null
                      /** @description Parameters that differ from the default, by name. */
                      readonly parameters: {
                        readonly [key: string]: number
                      }
                    }[]
                    /** @description False score from which a visit is suspected to be false. */
                    readonly falseFrom: number
                    /** @description Invalid score from which a visit is invalid. */
                    readonly invalidFrom: number
                    /** @description Devices that several people use, such as a team’s tablet; they are no evidence of one device under two names. */
                    readonly sharedDevices: readonly string[]
                  }
                  /**
                   * Format: date-time
                   * @description When the trial began.
                   */
                  readonly startedAt: string
                }[]
                /** @description 0: the built-in default. */
                readonly version: number
                readonly changedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string | null
                /** @description Why it was changed; null if no reason was stated. */
                readonly reason: string | null
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
  readonly '/shadow-policies/{name}': {
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
              readonly candidates: readonly {
                /** @description Id of the shadow policy, as people name it. */
                readonly id: string
                /** @description The content of a policy. */
                readonly policy: {
                  readonly rules: readonly {
                    /** @enum {string} */
                    readonly verdict: 'fine' | 'invalid' | 'suspected_false'
                    readonly visitCountMin: number
                    /** @description Counts only visits within this many days before the latest one; null: all. */
                    readonly withinDays: number | null
                    readonly probabilityBelow: number | null
                    /** @description Bound on maximum minus minimum probability over the counted visits. */
                    readonly probabilityMovedLessThan: number | null
                  }[]
                  /** @description Kinds of evidence that differ from the default; docs/visits.md states the defaults. */
                  readonly evidence: readonly {
                    /** @description Kind of evidence, as listed in docs/visits.md. */
                    readonly kind: string
                    /** @description Weight in the false score, multiplied by the score of the evidence; 0: ignored, null: the default. */
                    readonly falseWeight: number | null
                    /** @description Weight in the invalid score, likewise. */
                    readonly invalidWeight: number | null
                    /** @description Parameters that differ from the default, by name. */
                    readonly parameters: {
                      readonly [key: string]: number
                    }
                  }[]
                  /** @description False score from which a visit is suspected to be false. */
                  readonly falseFrom: number
                  /** @description Invalid score from which a visit is invalid. */
                  readonly invalidFrom: number
                  /** @description Devices that several people use, such as a team’s tablet; they are no evidence of one device under two names. */
                  readonly sharedDevices: readonly string[]
                }
                /**
                 * Format: date-time
                 * @description When the trial began.
                 */
                readonly startedAt: string
              }[]
              /** @description 0: the built-in default. */
              readonly version: number
              readonly changedBy: string | null
              /**
               * Format: date-time
               * @description ISO 8601, UTC.
               */
              readonly changedAt: string | null
              /** @description Why it was changed; null if no reason was stated. */
              readonly reason: string | null
              /** @description All edited versions, newest first. */
              readonly history: readonly {
                readonly name: string
                readonly candidates: readonly {
                  /** @description Id of the shadow policy, as people name it. */
                  readonly id: string
                  /** @description The content of a policy. */
                  readonly policy: {
                    readonly rules: readonly {
                      /** @enum {string} */
                      readonly verdict: 'fine' | 'invalid' | 'suspected_false'
                      readonly visitCountMin: number
                      /** @description Counts only visits within this many days before the latest one; null: all. */
                      readonly withinDays: number | null
                      readonly probabilityBelow: number | null
                      /** @description Bound on maximum minus minimum probability over the counted visits. */
                      readonly probabilityMovedLessThan: number | null
                    }[]
                    /** @description Kinds of evidence that differ from the default; docs/visits.md states the defaults. */
                    readonly evidence: readonly {
                      /** @description Kind of evidence, as listed in docs/visits.md. */
                      readonly kind: string
                      /** @description Weight in the false score, multiplied by the score of the evidence; 0: ignored, null: the default. */
                      readonly falseWeight: number | null
                      /** @description Weight in the invalid score, likewise. */
                      readonly invalidWeight: number | null
                      /** @description Parameters that differ from the default, by name. */
                      readonly parameters: {
                        readonly [key: string]: number
                      }
                    }[]
                    /** @description False score from which a visit is suspected to be false. */
                    readonly falseFrom: number
                    /** @description Invalid score from which a visit is invalid. */
                    readonly invalidFrom: number
                    /** @description Devices that several people use, such as a team’s tablet; they are no evidence of one device under two names. */
                    readonly sharedDevices: readonly string[]
                  }
                  /**
                   * Format: date-time
                   * @description When the trial began.
                   */
                  readonly startedAt: string
                }[]
                /** @description 0: the built-in default. */
                readonly version: number
                readonly changedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string | null
                /** @description Why it was changed; null if no reason was stated. */
                readonly reason: string | null
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
                /** @description Value of one unit of another currency in this one, by ISO 4217 code. Without a rate, a value counts as unknown. */
                readonly rates: {
                  readonly [key: string]: number
                }
                /** @description Cost of a visit, in minor units. */
                readonly visitCostMinor: number
                /** @description Travel cost per kilometre, in minor units. */
                readonly kmCostMinor: number
                /** @description Distance assumed to a customer whose place is unknown, in kilometres. */
                readonly kmIfUnknown: number
                /** @description Value assumed for an opportunity without one, in minor units. */
                readonly worthIfUnknownMinor: number
                /** @description Probability assumed until the first visit; with 0 such opportunities come last. */
                readonly probabilityIfUnvisited: number
                /** @description Urgency until the first visit. */
                readonly urgencyIfUnvisited: number
                /** @description Urgency by days since the last visit; the last step reached applies. */
                readonly sinceVisit: readonly {
                  readonly fromDays: number
                  readonly factor: number
                }[]
                /** @description Factor on urgency by days until the planned close; the smallest step that holds applies, or 1 if none does. */
                readonly beforeClose: readonly {
                  readonly withinDays: number
                  readonly factor: number
                }[]
                /** @description Factor on urgency by days since the planned close; the last step reached applies, or 1 if none is. */
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
                /** @description Why it was changed; null if no reason was stated. */
                readonly reason: string | null
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
              /** @description Value of one unit of another currency in this one, by ISO 4217 code. Without a rate, a value counts as unknown. */
              readonly rates: {
                readonly [key: string]: number
              }
              /** @description Cost of a visit, in minor units. */
              readonly visitCostMinor: number
              /** @description Travel cost per kilometre, in minor units. */
              readonly kmCostMinor: number
              /** @description Distance assumed to a customer whose place is unknown, in kilometres. */
              readonly kmIfUnknown: number
              /** @description Value assumed for an opportunity without one, in minor units. */
              readonly worthIfUnknownMinor: number
              /** @description Probability assumed until the first visit; with 0 such opportunities come last. */
              readonly probabilityIfUnvisited: number
              /** @description Urgency until the first visit. */
              readonly urgencyIfUnvisited: number
              /** @description Urgency by days since the last visit; the last step reached applies. */
              readonly sinceVisit: readonly {
                readonly fromDays: number
                readonly factor: number
              }[]
              /** @description Factor on urgency by days until the planned close; the smallest step that holds applies, or 1 if none does. */
              readonly beforeClose: readonly {
                readonly withinDays: number
                readonly factor: number
              }[]
              /** @description Factor on urgency by days since the planned close; the last step reached applies, or 1 if none is. */
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
              /** @description Why it was changed; null if no reason was stated. */
              readonly reason: string | null
              /** @description All edited versions, newest first. */
              readonly history: readonly {
                readonly name: string
                /** @description Currency of the organisation, in which values are compared. ISO 4217. */
                readonly currency: string
                /** @description Value of one unit of another currency in this one, by ISO 4217 code. Without a rate, a value counts as unknown. */
                readonly rates: {
                  readonly [key: string]: number
                }
                /** @description Cost of a visit, in minor units. */
                readonly visitCostMinor: number
                /** @description Travel cost per kilometre, in minor units. */
                readonly kmCostMinor: number
                /** @description Distance assumed to a customer whose place is unknown, in kilometres. */
                readonly kmIfUnknown: number
                /** @description Value assumed for an opportunity without one, in minor units. */
                readonly worthIfUnknownMinor: number
                /** @description Probability assumed until the first visit; with 0 such opportunities come last. */
                readonly probabilityIfUnvisited: number
                /** @description Urgency until the first visit. */
                readonly urgencyIfUnvisited: number
                /** @description Urgency by days since the last visit; the last step reached applies. */
                readonly sinceVisit: readonly {
                  readonly fromDays: number
                  readonly factor: number
                }[]
                /** @description Factor on urgency by days until the planned close; the smallest step that holds applies, or 1 if none does. */
                readonly beforeClose: readonly {
                  readonly withinDays: number
                  readonly factor: number
                }[]
                /** @description Factor on urgency by days since the planned close; the last step reached applies, or 1 if none is. */
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
                /** @description Why it was changed; null if no reason was stated. */
                readonly reason: string | null
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
  readonly '/case-rules': {
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
                /** @description Cost of a false visit that goes unnoticed, in any unit that is the same for all three costs. */
                readonly costOfFalse: number
                /** @description Cost of an invalid visit that goes unnoticed. */
                readonly costOfInvalid: number
                /** @description Cost of reviewing a case. */
                readonly costOfReview: number
                /** @description Maximum number of alerts per day, over all salespeople; further ones wait. */
                readonly alertsPerDay: number
                /** @description Maximum number of alerts per day on visits of one salesperson. */
                readonly alertsPerSalespersonPerDay: number
                /** @description Time zone in which the day begins at midnight. */
                readonly timeZone: string
                /** @description Share of unflagged visits that get a case, so that decisions do not only cover what the policy suspects. */
                readonly sampledShare: number
                /** @description Days from the alert until a decision is due. */
                readonly dueDays: number
                /** @description Days after which an undecided case lapses. */
                readonly lapseDays: number
                /** @description Days after which a decided case is closed automatically. */
                readonly closeDays: number
                /** @description Whether two different people must decide alike; applies to cases opened from then on. */
                readonly secondPerson: boolean
                /** @description Maximum number of undecided cases per reviewer. */
                readonly assignedMax: number
                /** @description 0: the built-in default. */
                readonly version: number
                readonly changedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string | null
                /** @description Why it was changed; null if no reason was stated. */
                readonly reason: string | null
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
  readonly '/case-rules/{name}': {
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
              /** @description Cost of a false visit that goes unnoticed, in any unit that is the same for all three costs. */
              readonly costOfFalse: number
              /** @description Cost of an invalid visit that goes unnoticed. */
              readonly costOfInvalid: number
              /** @description Cost of reviewing a case. */
              readonly costOfReview: number
              /** @description Maximum number of alerts per day, over all salespeople; further ones wait. */
              readonly alertsPerDay: number
              /** @description Maximum number of alerts per day on visits of one salesperson. */
              readonly alertsPerSalespersonPerDay: number
              /** @description Time zone in which the day begins at midnight. */
              readonly timeZone: string
              /** @description Share of unflagged visits that get a case, so that decisions do not only cover what the policy suspects. */
              readonly sampledShare: number
              /** @description Days from the alert until a decision is due. */
              readonly dueDays: number
              /** @description Days after which an undecided case lapses. */
              readonly lapseDays: number
              /** @description Days after which a decided case is closed automatically. */
              readonly closeDays: number
              /** @description Whether two different people must decide alike; applies to cases opened from then on. */
              readonly secondPerson: boolean
              /** @description Maximum number of undecided cases per reviewer. */
              readonly assignedMax: number
              /** @description 0: the built-in default. */
              readonly version: number
              readonly changedBy: string | null
              /**
               * Format: date-time
               * @description ISO 8601, UTC.
               */
              readonly changedAt: string | null
              /** @description Why it was changed; null if no reason was stated. */
              readonly reason: string | null
              /** @description All edited versions, newest first. */
              readonly history: readonly {
                readonly name: string
                /** @description Cost of a false visit that goes unnoticed, in any unit that is the same for all three costs. */
                readonly costOfFalse: number
                /** @description Cost of an invalid visit that goes unnoticed. */
                readonly costOfInvalid: number
                /** @description Cost of reviewing a case. */
                readonly costOfReview: number
                /** @description Maximum number of alerts per day, over all salespeople; further ones wait. */
                readonly alertsPerDay: number
                /** @description Maximum number of alerts per day on visits of one salesperson. */
                readonly alertsPerSalespersonPerDay: number
                /** @description Time zone in which the day begins at midnight. */
                readonly timeZone: string
                /** @description Share of unflagged visits that get a case, so that decisions do not only cover what the policy suspects. */
                readonly sampledShare: number
                /** @description Days from the alert until a decision is due. */
                readonly dueDays: number
                /** @description Days after which an undecided case lapses. */
                readonly lapseDays: number
                /** @description Days after which a decided case is closed automatically. */
                readonly closeDays: number
                /** @description Whether two different people must decide alike; applies to cases opened from then on. */
                readonly secondPerson: boolean
                /** @description Maximum number of undecided cases per reviewer. */
                readonly assignedMax: number
                /** @description 0: the built-in default. */
                readonly version: number
                readonly changedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string | null
                /** @description Why it was changed; null if no reason was stated. */
                readonly reason: string | null
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
  readonly '/snoozes/{id}': {
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
              /** @description Kind of evidence as listed in docs/visits.md, or verdict: invalid, suspected_false. */
              readonly rule: string
              /** @description Salesperson; null if it is for a customer. */
              readonly salespersonId: string | null
              /** @description Customer; null if it is for a salesperson. */
              readonly customerId: string | null
              /**
               * Format: date-time
               * @description Start of the snooze.
               */
              readonly from: string
              /**
               * Format: date-time
               * @description End of the snooze, at most 180 days after its start.
               */
              readonly until: string
              /** @description Reason, kept on record. */
              readonly reason: string
              /** @description Whether it was ended early. */
              readonly retired: boolean
              /** @description Version of the snoozes with the last change; 0: the built-in default. */
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
                /** @description Kind of evidence as listed in docs/visits.md, or verdict: invalid, suspected_false. */
                readonly rule: string
                /** @description Salesperson; null if it is for a customer. */
                readonly salespersonId: string | null
                /** @description Customer; null if it is for a salesperson. */
                readonly customerId: string | null
                /**
                 * Format: date-time
                 * @description Start of the snooze.
                 */
                readonly from: string
                /**
                 * Format: date-time
                 * @description End of the snooze, at most 180 days after its start.
                 */
                readonly until: string
                /** @description Reason, kept on record. */
                readonly reason: string
                /** @description Whether it was ended early. */
                readonly retired: boolean
                /** @description Version of the snoozes with the last change; 0: the built-in default. */
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
                /** @description Why it was changed; null if no reason was stated. */
                readonly reason: string | null
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
              /** @description Why it was changed; null if no reason was stated. */
              readonly reason: string | null
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
                /** @description Why it was changed; null if no reason was stated. */
                readonly reason: string | null
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
  readonly '/products': {
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
                readonly product: string
                /** @description Wording in each language. */
                readonly spoken: readonly {
                  readonly language: string
                  readonly name: string
                  /** @description Advantages, the strongest first. */
                  readonly advantages: readonly string[]
                }[]
                /** @description Whether it is no longer offered. */
                readonly retired: boolean
                /** @description 0: the built-in default. */
                readonly version: number
                readonly changedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string | null
                /** @description Why it was changed; null if no reason was stated. */
                readonly reason: string | null
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
  readonly '/products/{product}': {
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
          readonly product: string
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
              readonly product: string
              /** @description Wording in each language. */
              readonly spoken: readonly {
                readonly language: string
                readonly name: string
                /** @description Advantages, the strongest first. */
                readonly advantages: readonly string[]
              }[]
              /** @description Whether it is no longer offered. */
              readonly retired: boolean
              /** @description 0: the built-in default. */
              readonly version: number
              readonly changedBy: string | null
              /**
               * Format: date-time
               * @description ISO 8601, UTC.
               */
              readonly changedAt: string | null
              /** @description Why it was changed; null if no reason was stated. */
              readonly reason: string | null
              /** @description All edited versions, newest first. */
              readonly history: readonly {
                readonly product: string
                /** @description Wording in each language. */
                readonly spoken: readonly {
                  readonly language: string
                  readonly name: string
                  /** @description Advantages, the strongest first. */
                  readonly advantages: readonly string[]
                }[]
                /** @description Whether it is no longer offered. */
                readonly retired: boolean
                /** @description 0: the built-in default. */
                readonly version: number
                readonly changedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string | null
                /** @description Why it was changed; null if no reason was stated. */
                readonly reason: string | null
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
  readonly '/script-templates': {
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
                readonly language: string
                /** @description Products that it is for; empty: any product. */
                readonly products: readonly string[]
                /** @description Target groups that it is for, one of which the customer must be in; empty: everybody. */
                readonly groups: readonly string[]
                /** @description Parts in the order in which they are said. */
                readonly parts: readonly {
                  readonly id: string
                  /** @description A Liquid template; its placeholders are in docs/scripts.md. */
                  readonly text: string
                  /** @description The same in simpler words, for a customer who did not understand; null if there are none. */
                  readonly simpler: string | null
                  /** @description Plain text that is said instead if a value is missing. Required unless the text can be said without the value. */
                  readonly fallback: string | null
                  /** @description Whether it is said in every call, and repeated if it was interrupted, such as sentences required by law. */
                  readonly required: boolean
                  /** @description Intents, and words of the customer, that answer this part before it is said: a live call then skips it. */
                  readonly answeredBy: readonly string[]
                }[]
                /** @description Answers to objections, at most one for each. */
                readonly answers: readonly {
                  readonly objection: string
                  /** @description A Liquid template; its placeholders are in docs/scripts.md. */
                  readonly text: string
                  /** @description The same in simpler words, for a customer who did not understand; null if there are none. */
                  readonly simpler: string | null
                  /** @description Plain text that is said instead if a value is missing. Required unless the text can be said without the value. */
                  readonly fallback: string | null
                }[]
                /** @description Whether it is no longer used. */
                readonly retired: boolean
                /** @description 0: the built-in default. */
                readonly version: number
                readonly changedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string | null
                /** @description Why it was changed; null if no reason was stated. */
                readonly reason: string | null
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
  readonly '/script-templates/{name}': {
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
              readonly language: string
              /** @description Products that it is for; empty: any product. */
              readonly products: readonly string[]
              /** @description Target groups that it is for, one of which the customer must be in; empty: everybody. */
              readonly groups: readonly string[]
              /** @description Parts in the order in which they are said. */
              readonly parts: readonly {
                readonly id: string
                /** @description A Liquid template; its placeholders are in docs/scripts.md. */
                readonly text: string
                /** @description The same in simpler words, for a customer who did not understand; null if there are none. */
                readonly simpler: string | null
                /** @description Plain text that is said instead if a value is missing. Required unless the text can be said without the value. */
                readonly fallback: string | null
                /** @description Whether it is said in every call, and repeated if it was interrupted, such as sentences required by law. */
                readonly required: boolean
                /** @description Intents, and words of the customer, that answer this part before it is said: a live call then skips it. */
                readonly answeredBy: readonly string[]
              }[]
              /** @description Answers to objections, at most one for each. */
              readonly answers: readonly {
                readonly objection: string
                /** @description A Liquid template; its placeholders are in docs/scripts.md. */
                readonly text: string
                /** @description The same in simpler words, for a customer who did not understand; null if there are none. */
                readonly simpler: string | null
                /** @description Plain text that is said instead if a value is missing. Required unless the text can be said without the value. */
                readonly fallback: string | null
              }[]
              /** @description Whether it is no longer used. */
              readonly retired: boolean
              /** @description 0: the built-in default. */
              readonly version: number
              readonly changedBy: string | null
              /**
               * Format: date-time
               * @description ISO 8601, UTC.
               */
              readonly changedAt: string | null
              /** @description Why it was changed; null if no reason was stated. */
              readonly reason: string | null
              /** @description All edited versions, newest first. */
              readonly history: readonly {
                readonly name: string
                readonly language: string
                /** @description Products that it is for; empty: any product. */
                readonly products: readonly string[]
                /** @description Target groups that it is for, one of which the customer must be in; empty: everybody. */
                readonly groups: readonly string[]
                /** @description Parts in the order in which they are said. */
                readonly parts: readonly {
                  readonly id: string
                  /** @description A Liquid template; its placeholders are in docs/scripts.md. */
                  readonly text: string
                  /** @description The same in simpler words, for a customer who did not understand; null if there are none. */
                  readonly simpler: string | null
                  /** @description Plain text that is said instead if a value is missing. Required unless the text can be said without the value. */
                  readonly fallback: string | null
                  /** @description Whether it is said in every call, and repeated if it was interrupted, such as sentences required by law. */
                  readonly required: boolean
                  /** @description Intents, and words of the customer, that answer this part before it is said: a live call then skips it. */
                  readonly answeredBy: readonly string[]
                }[]
                /** @description Answers to objections, at most one for each. */
                readonly answers: readonly {
                  readonly objection: string
                  /** @description A Liquid template; its placeholders are in docs/scripts.md. */
                  readonly text: string
                  /** @description The same in simpler words, for a customer who did not understand; null if there are none. */
                  readonly simpler: string | null
                  /** @description Plain text that is said instead if a value is missing. Required unless the text can be said without the value. */
                  readonly fallback: string | null
                }[]
                /** @description Whether it is no longer used. */
                readonly retired: boolean
                /** @description 0: the built-in default. */
                readonly version: number
                readonly changedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string | null
                /** @description Why it was changed; null if no reason was stated. */
                readonly reason: string | null
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
  readonly '/script-choice-policies': {
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
                /** @description Whether scripts that convert more are chosen more often. false: all are equally likely, and none is retired. */
                readonly adapts: boolean
                /** @description Minimum probability with which each script is chosen, so that measuring never stops. */
                readonly floor: number
                /** @description Conversions of the prior, which a script is assumed to have had before its first call. */
                readonly priorConversions: number
                /** @description Calls of the prior, in which it is assumed to have had them. */
                readonly priorCalls: number
                /** @description Minimum number of calls with a known outcome to compare a script. */
                readonly evidence: number
                /** @description A script is retired if its probability of being the best of its group is lower. */
                readonly bound: number
                /** @description Number of days whose choices count. */
                readonly days: number
                /** @description Precedence of target groups for a customer in several of them; groups not listed follow by name. */
                readonly groupOrder: readonly string[]
                /** @description Whether a script is used only after a person other than the author of its template has approved it. */
                readonly reviewed: boolean
                /** @description 0: the built-in default. */
                readonly version: number
                readonly changedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string | null
                /** @description Why it was changed; null if no reason was stated. */
                readonly reason: string | null
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
  readonly '/script-choice-policies/{name}': {
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
              /** @description Whether scripts that convert more are chosen more often. false: all are equally likely, and none is retired. */
              readonly adapts: boolean
              /** @description Minimum probability with which each script is chosen, so that measuring never stops. */
              readonly floor: number
              /** @description Conversions of the prior, which a script is assumed to have had before its first call. */
              readonly priorConversions: number
              /** @description Calls of the prior, in which it is assumed to have had them. */
              readonly priorCalls: number
              /** @description Minimum number of calls with a known outcome to compare a script. */
              readonly evidence: number
              /** @description A script is retired if its probability of being the best of its group is lower. */
              readonly bound: number
              /** @description Number of days whose choices count. */
              readonly days: number
              /** @description Precedence of target groups for a customer in several of them; groups not listed follow by name. */
              readonly groupOrder: readonly string[]
              /** @description Whether a script is used only after a person other than the author of its template has approved it. */
              readonly reviewed: boolean
              /** @description 0: the built-in default. */
              readonly version: number
              readonly changedBy: string | null
              /**
               * Format: date-time
               * @description ISO 8601, UTC.
               */
              readonly changedAt: string | null
              /** @description Why it was changed; null if no reason was stated. */
              readonly reason: string | null
              /** @description All edited versions, newest first. */
              readonly history: readonly {
                readonly name: string
                /** @description Whether scripts that convert more are chosen more often. false: all are equally likely, and none is retired. */
                readonly adapts: boolean
                /** @description Minimum probability with which each script is chosen, so that measuring never stops. */
                readonly floor: number
                /** @description Conversions of the prior, which a script is assumed to have had before its first call. */
                readonly priorConversions: number
                /** @description Calls of the prior, in which it is assumed to have had them. */
                readonly priorCalls: number
                /** @description Minimum number of calls with a known outcome to compare a script. */
                readonly evidence: number
                /** @description A script is retired if its probability of being the best of its group is lower. */
                readonly bound: number
                /** @description Number of days whose choices count. */
                readonly days: number
                /** @description Precedence of target groups for a customer in several of them; groups not listed follow by name. */
                readonly groupOrder: readonly string[]
                /** @description Whether a script is used only after a person other than the author of its template has approved it. */
                readonly reviewed: boolean
                /** @description 0: the built-in default. */
                readonly version: number
                readonly changedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string | null
                /** @description Why it was changed; null if no reason was stated. */
                readonly reason: string | null
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
  readonly '/target-groups': {
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
                /** @description Description of the group. */
                readonly description: string
                /** @description Condition in CEL over features and the profile (docs/target-groups.md). */
                readonly condition: string
                /** @description Whether it is no longer used. */
                readonly retired: boolean
                /** @description 0: the built-in default. */
                readonly version: number
                readonly changedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string | null
                /** @description Why it was changed; null if no reason was stated. */
                readonly reason: string | null
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
  readonly '/target-groups/{name}': {
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
              /** @description Description of the group. */
              readonly description: string
              /** @description Condition in CEL over features and the profile (docs/target-groups.md). */
              readonly condition: string
              /** @description Whether it is no longer used. */
              readonly retired: boolean
              /** @description 0: the built-in default. */
              readonly version: number
              readonly changedBy: string | null
              /**
               * Format: date-time
               * @description ISO 8601, UTC.
               */
              readonly changedAt: string | null
              /** @description Why it was changed; null if no reason was stated. */
              readonly reason: string | null
              /** @description All edited versions, newest first. */
              readonly history: readonly {
                readonly name: string
                /** @description Description of the group. */
                readonly description: string
                /** @description Condition in CEL over features and the profile (docs/target-groups.md). */
                readonly condition: string
                /** @description Whether it is no longer used. */
                readonly retired: boolean
                /** @description 0: the built-in default. */
                readonly version: number
                readonly changedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string | null
                /** @description Why it was changed; null if no reason was stated. */
                readonly reason: string | null
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
  readonly '/contact-rules': {
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
                readonly jurisdiction: string
                /** @description Description of the law, and how reliable this reading of it is. */
                readonly description: string
                /** @description Laws with their sections. */
                readonly sources: readonly string[]
                /** @description All time zones of the jurisdiction. If the customer’s time zone is unknown, a call must be allowed in each of them. */
                readonly timeZones: readonly string[]
                readonly holidays: readonly {
                  readonly date: string
                  readonly name: string
                }[]
                /** @description Last day up to which all holidays are listed; each later day counts as a possible holiday. null: the list is complete. */
                readonly holidaysUntil: string | null
                /** @description Rules by purpose and channel; calls that no rule covers are not allowed. */
                readonly rules: readonly {
                  readonly purposes: readonly string[]
                  readonly channels: readonly string[]
                  /** @description Permitted calling hours; nobody is called outside them. */
                  readonly hours: readonly {
                    readonly days: readonly string[]
                    readonly from: string
                    /** @description End of the hours, exclusive; 24:00 is the end of the day. */
                    readonly to: string
                  }[]
                  /** @description Limits on attempts, all of which apply; empty: no limit. */
                  readonly attempts: readonly {
                    /** @description Maximum number of calls within the days. */
                    readonly most: number
                    /** @description Number of local calendar days: the day of the call and those before it. */
                    readonly days: number
                    /** @description Calls that count: every outbound call, or only those that were answered. */
                    readonly of: string
                  }[]
                  /** @description Weakest form of consent that is enough; null if no consent is needed. */
                  readonly consentForm: string | null
                  /** @description Words that must be said at the beginning of the call. */
                  readonly announcement: string | null
                  /** @description Text that the called telephone must display. */
                  readonly label: string | null
                  /** @description Days for which consents and calls are kept as proof. */
                  readonly retentionDays: number
                  /** @description Maximum share of answered calls without an agent, over 30 days; null: no limit. */
                  readonly abandonShareMax: number | null
                }[]
                /** @description Whether the rules are no longer used: nobody is called under them. */
                readonly retired: boolean
                /** @description 0: the built-in default. */
                readonly version: number
                readonly changedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string | null
                /** @description Why it was changed; null if no reason was stated. */
                readonly reason: string | null
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
  readonly '/contact-rules/{jurisdiction}': {
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
          readonly jurisdiction: string
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
              readonly jurisdiction: string
              /** @description Description of the law, and how reliable this reading of it is. */
              readonly description: string
              /** @description Laws with their sections. */
              readonly sources: readonly string[]
              /** @description All time zones of the jurisdiction. If the customer’s time zone is unknown, a call must be allowed in each of them. */
              readonly timeZones: readonly string[]
              readonly holidays: readonly {
                readonly date: string
                readonly name: string
              }[]
              /** @description Last day up to which all holidays are listed; each later day counts as a possible holiday. null: the list is complete. */
              readonly holidaysUntil: string | null
              /** @description Rules by purpose and channel; calls that no rule covers are not allowed. */
              readonly rules: readonly {
                readonly purposes: readonly string[]
                readonly channels: readonly string[]
                /** @description Permitted calling hours; nobody is called outside them. */
                readonly hours: readonly {
                  readonly days: readonly string[]
                  readonly from: string
                  /** @description End of the hours, exclusive; 24:00 is the end of the day. */
                  readonly to: string
                }[]
                /** @description Limits on attempts, all of which apply; empty: no limit. */
                readonly attempts: readonly {
                  /** @description Maximum number of calls within the days. */
                  readonly most: number
                  /** @description Number of local calendar days: the day of the call and those before it. */
                  readonly days: number
                  /** @description Calls that count: every outbound call, or only those that were answered. */
                  readonly of: string
                }[]
                /** @description Weakest form of consent that is enough; null if no consent is needed. */
                readonly consentForm: string | null
                /** @description Words that must be said at the beginning of the call. */
                readonly announcement: string | null
                /** @description Text that the called telephone must display. */
                readonly label: string | null
                /** @description Days for which consents and calls are kept as proof. */
                readonly retentionDays: number
                /** @description Maximum share of answered calls without an agent, over 30 days; null: no limit. */
                readonly abandonShareMax: number | null
              }[]
              /** @description Whether the rules are no longer used: nobody is called under them. */
              readonly retired: boolean
              /** @description 0: the built-in default. */
              readonly version: number
              readonly changedBy: string | null
              /**
               * Format: date-time
               * @description ISO 8601, UTC.
               */
              readonly changedAt: string | null
              /** @description Why it was changed; null if no reason was stated. */
              readonly reason: string | null
              /** @description All edited versions, newest first. */
              readonly history: readonly {
                readonly jurisdiction: string
                /** @description Description of the law, and how reliable this reading of it is. */
                readonly description: string
                /** @description Laws with their sections. */
                readonly sources: readonly string[]
                /** @description All time zones of the jurisdiction. If the customer’s time zone is unknown, a call must be allowed in each of them. */
                readonly timeZones: readonly string[]
                readonly holidays: readonly {
                  readonly date: string
                  readonly name: string
                }[]
                /** @description Last day up to which all holidays are listed; each later day counts as a possible holiday. null: the list is complete. */
                readonly holidaysUntil: string | null
                /** @description Rules by purpose and channel; calls that no rule covers are not allowed. */
                readonly rules: readonly {
                  readonly purposes: readonly string[]
                  readonly channels: readonly string[]
                  /** @description Permitted calling hours; nobody is called outside them. */
                  readonly hours: readonly {
                    readonly days: readonly string[]
                    readonly from: string
                    /** @description End of the hours, exclusive; 24:00 is the end of the day. */
                    readonly to: string
                  }[]
                  /** @description Limits on attempts, all of which apply; empty: no limit. */
                  readonly attempts: readonly {
                    /** @description Maximum number of calls within the days. */
                    readonly most: number
                    /** @description Number of local calendar days: the day of the call and those before it. */
                    readonly days: number
                    /** @description Calls that count: every outbound call, or only those that were answered. */
                    readonly of: string
                  }[]
                  /** @description Weakest form of consent that is enough; null if no consent is needed. */
                  readonly consentForm: string | null
                  /** @description Words that must be said at the beginning of the call. */
                  readonly announcement: string | null
                  /** @description Text that the called telephone must display. */
                  readonly label: string | null
                  /** @description Days for which consents and calls are kept as proof. */
                  readonly retentionDays: number
                  /** @description Maximum share of answered calls without an agent, over 30 days; null: no limit. */
                  readonly abandonShareMax: number | null
                }[]
                /** @description Whether the rules are no longer used: nobody is called under them. */
                readonly retired: boolean
                /** @description 0: the built-in default. */
                readonly version: number
                readonly changedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string | null
                /** @description Why it was changed; null if no reason was stated. */
                readonly reason: string | null
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
  readonly '/campaigns': {
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
                /** @description Description of the campaign. */
                readonly description: string
                readonly purpose: string
                /** @description call: a person speaks; automated-call: a machine dials or speaks. */
                readonly channel: string
                /** @description Jurisdiction whose contact rules apply (docs/contact-rules.md). */
                readonly jurisdiction: string
                /** @description State of the campaign; customers are called only while it is running. */
                readonly state: string
                /** @description progressive: one call per waiting agent; predictive: more, as long as few calls are abandoned. */
                readonly pacing: string
                /** @description Order of the calls. expected-value: by value times the probability that a call succeeds; best-interest: by value times the probability that the customer wants the product. */
                readonly order: string
                /** @description Product on offer, named as in /products and in the interests of customers; null if none in particular. */
                readonly product: string | null
                /** @description 0: the built-in default. */
                readonly version: number
                readonly changedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string | null
                /** @description Why it was changed; null if no reason was stated. */
                readonly reason: string | null
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
  readonly '/campaigns/{name}': {
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
              /** @description Description of the campaign. */
              readonly description: string
              readonly purpose: string
              /** @description call: a person speaks; automated-call: a machine dials or speaks. */
              readonly channel: string
              /** @description Jurisdiction whose contact rules apply (docs/contact-rules.md). */
              readonly jurisdiction: string
              /** @description State of the campaign; customers are called only while it is running. */
              readonly state: string
              /** @description progressive: one call per waiting agent; predictive: more, as long as few calls are abandoned. */
              readonly pacing: string
              /** @description Order of the calls. expected-value: by value times the probability that a call succeeds; best-interest: by value times the probability that the customer wants the product. */
              readonly order: string
              /** @description Product on offer, named as in /products and in the interests of customers; null if none in particular. */
              readonly product: string | null
              /** @description 0: the built-in default. */
              readonly version: number
              readonly changedBy: string | null
              /**
               * Format: date-time
               * @description ISO 8601, UTC.
               */
              readonly changedAt: string | null
              /** @description Why it was changed; null if no reason was stated. */
              readonly reason: string | null
              /** @description All edited versions, newest first. */
              readonly history: readonly {
                readonly name: string
                /** @description Description of the campaign. */
                readonly description: string
                readonly purpose: string
                /** @description call: a person speaks; automated-call: a machine dials or speaks. */
                readonly channel: string
                /** @description Jurisdiction whose contact rules apply (docs/contact-rules.md). */
                readonly jurisdiction: string
                /** @description State of the campaign; customers are called only while it is running. */
                readonly state: string
                /** @description progressive: one call per waiting agent; predictive: more, as long as few calls are abandoned. */
                readonly pacing: string
                /** @description Order of the calls. expected-value: by value times the probability that a call succeeds; best-interest: by value times the probability that the customer wants the product. */
                readonly order: string
                /** @description Product on offer, named as in /products and in the interests of customers; null if none in particular. */
                readonly product: string | null
                /** @description 0: the built-in default. */
                readonly version: number
                readonly changedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string | null
                /** @description Why it was changed; null if no reason was stated. */
                readonly reason: string | null
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
  readonly '/dispositions': {
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
                readonly code: string
                readonly description: string
                readonly answeredBy: string
                readonly interested: boolean
                /** @description Whether the customer declined this offer. */
                readonly refused: boolean
                /** @description Whether a person answered but no agent was free. */
                readonly abandoned: boolean
                /** @description Whether the number is out of service or belongs to somebody else. */
                readonly unworkable: boolean
                /** @description Whether the customer wants no calls at all, which is sent as a do-not-call. */
                readonly doNotCall: boolean
                /** @description When to call again; null: not at all, except for a callback. */
                readonly recycle: {
                  /** @description Minimum time after the call, in minutes. */
                  readonly afterMinutes: number
                  /** @description Number of calls with this outcome after which the customer is not called again. */
                  readonly attemptsMax: number
                } | null
                /** @description Whether it is no longer used. */
                readonly retired: boolean
                /** @description 0: the built-in default. */
                readonly version: number
                readonly changedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string | null
                /** @description Why it was changed; null if no reason was stated. */
                readonly reason: string | null
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
  readonly '/dispositions/{code}': {
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
          readonly code: string
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
              readonly code: string
              readonly description: string
              readonly answeredBy: string
              readonly interested: boolean
              /** @description Whether the customer declined this offer. */
              readonly refused: boolean
              /** @description Whether a person answered but no agent was free. */
              readonly abandoned: boolean
              /** @description Whether the number is out of service or belongs to somebody else. */
              readonly unworkable: boolean
              /** @description Whether the customer wants no calls at all, which is sent as a do-not-call. */
              readonly doNotCall: boolean
              /** @description When to call again; null: not at all, except for a callback. */
              readonly recycle: {
                /** @description Minimum time after the call, in minutes. */
                readonly afterMinutes: number
                /** @description Number of calls with this outcome after which the customer is not called again. */
                readonly attemptsMax: number
              } | null
              /** @description Whether it is no longer used. */
              readonly retired: boolean
              /** @description 0: the built-in default. */
              readonly version: number
              readonly changedBy: string | null
              /**
               * Format: date-time
               * @description ISO 8601, UTC.
               */
              readonly changedAt: string | null
              /** @description Why it was changed; null if no reason was stated. */
              readonly reason: string | null
              /** @description All edited versions, newest first. */
              readonly history: readonly {
                readonly code: string
                readonly description: string
                readonly answeredBy: string
                readonly interested: boolean
                /** @description Whether the customer declined this offer. */
                readonly refused: boolean
                /** @description Whether a person answered but no agent was free. */
                readonly abandoned: boolean
                /** @description Whether the number is out of service or belongs to somebody else. */
                readonly unworkable: boolean
                /** @description Whether the customer wants no calls at all, which is sent as a do-not-call. */
                readonly doNotCall: boolean
                /** @description When to call again; null: not at all, except for a callback. */
                readonly recycle: {
                  /** @description Minimum time after the call, in minutes. */
                  readonly afterMinutes: number
                  /** @description Number of calls with this outcome after which the customer is not called again. */
                  readonly attemptsMax: number
                } | null
                /** @description Whether it is no longer used. */
                readonly retired: boolean
                /** @description 0: the built-in default. */
                readonly version: number
                readonly changedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string | null
                /** @description Why it was changed; null if no reason was stated. */
                readonly reason: string | null
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
  readonly '/routing-plans': {
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
                readonly desk: string
                readonly description: string
                /** @description NONE: the agent who has been free longest gets the call. EVALUATION: the same, and the choice of the scores is recorded. ACTIVE: the scores decide. */
                readonly release: string
                /** @description Weights of the parts of a score. */
                readonly weights: {
                  /** @description Weight of the agent’s expertise in what the customer wants. */
                  readonly expertise: number
                  /** @description Weight of the free share of the agent’s or queue’s capacity. */
                  readonly load: number
                  /** @description Weight of the share of earlier calls in which the request was solved. */
                  readonly performance: number
                  /** @description Bonus if the customer knows the agent. */
                  readonly known: number
                }
                /** @description Widening steps, the first at 0 seconds. */
                readonly steps: readonly {
                  readonly afterSeconds: number
                  /** @description Minimum expertise of an agent in the intent, 0 to 1. */
                  readonly expertiseMin: number
                  /** @description Whether agents of other queues than the requested one are considered too. */
                  readonly otherQueues: boolean
                }[]
                /** @description Seconds of waiting that one level of priority is worth. */
                readonly prioritySeconds: number
                /** @description Seconds after which an unanswered offer times out. */
                readonly offerSeconds: number
                /** @description Seconds for which a call is not offered again to an agent who did not take it. */
                readonly avoidSeconds: number
                /** @description Maximum duration of a wrap-up, in seconds. */
                readonly wrapUpSeconds: number
                /** @description Seconds after which a conversation without a reported end counts as ended. */
                readonly talkSecondsMax: number
                /** @description Maximum waiting time in seconds, after which a call is given up. */
                readonly waitSecondsMax: number
                /** @description 0: the built-in default. */
                readonly version: number
                readonly changedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string | null
                /** @description Why it was changed; null if no reason was stated. */
                readonly reason: string | null
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
  readonly '/routing-plans/{desk}': {
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
          readonly desk: string
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
              readonly desk: string
              readonly description: string
              /** @description NONE: the agent who has been free longest gets the call. EVALUATION: the same, and the choice of the scores is recorded. ACTIVE: the scores decide. */
              readonly release: string
              /** @description Weights of the parts of a score. */
              readonly weights: {
                /** @description Weight of the agent’s expertise in what the customer wants. */
                readonly expertise: number
                /** @description Weight of the free share of the agent’s or queue’s capacity. */
                readonly load: number
                /** @description Weight of the share of earlier calls in which the request was solved. */
                readonly performance: number
                /** @description Bonus if the customer knows the agent. */
                readonly known: number
              }
              /** @description Widening steps, the first at 0 seconds. */
              readonly steps: readonly {
                readonly afterSeconds: number
                /** @description Minimum expertise of an agent in the intent, 0 to 1. */
                readonly expertiseMin: number
                /** @description Whether agents of other queues than the requested one are considered too. */
                readonly otherQueues: boolean
              }[]
              /** @description Seconds of waiting that one level of priority is worth. */
              readonly prioritySeconds: number
              /** @description Seconds after which an unanswered offer times out. */
              readonly offerSeconds: number
              /** @description Seconds for which a call is not offered again to an agent who did not take it. */
              readonly avoidSeconds: number
              /** @description Maximum duration of a wrap-up, in seconds. */
              readonly wrapUpSeconds: number
              /** @description Seconds after which a conversation without a reported end counts as ended. */
              readonly talkSecondsMax: number
              /** @description Maximum waiting time in seconds, after which a call is given up. */
              readonly waitSecondsMax: number
              /** @description 0: the built-in default. */
              readonly version: number
              readonly changedBy: string | null
              /**
               * Format: date-time
               * @description ISO 8601, UTC.
               */
              readonly changedAt: string | null
              /** @description Why it was changed; null if no reason was stated. */
              readonly reason: string | null
              /** @description All edited versions, newest first. */
              readonly history: readonly {
                readonly desk: string
                readonly description: string
                /** @description NONE: the agent who has been free longest gets the call. EVALUATION: the same, and the choice of the scores is recorded. ACTIVE: the scores decide. */
                readonly release: string
                /** @description Weights of the parts of a score. */
                readonly weights: {
                  /** @description Weight of the agent’s expertise in what the customer wants. */
                  readonly expertise: number
                  /** @description Weight of the free share of the agent’s or queue’s capacity. */
                  readonly load: number
                  /** @description Weight of the share of earlier calls in which the request was solved. */
                  readonly performance: number
                  /** @description Bonus if the customer knows the agent. */
                  readonly known: number
                }
                /** @description Widening steps, the first at 0 seconds. */
                readonly steps: readonly {
                  readonly afterSeconds: number
                  /** @description Minimum expertise of an agent in the intent, 0 to 1. */
                  readonly expertiseMin: number
                  /** @description Whether agents of other queues than the requested one are considered too. */
                  readonly otherQueues: boolean
                }[]
                /** @description Seconds of waiting that one level of priority is worth. */
                readonly prioritySeconds: number
                /** @description Seconds after which an unanswered offer times out. */
                readonly offerSeconds: number
                /** @description Seconds for which a call is not offered again to an agent who did not take it. */
                readonly avoidSeconds: number
                /** @description Maximum duration of a wrap-up, in seconds. */
                readonly wrapUpSeconds: number
                /** @description Seconds after which a conversation without a reported end counts as ended. */
                readonly talkSecondsMax: number
                /** @description Maximum waiting time in seconds, after which a call is given up. */
                readonly waitSecondsMax: number
                /** @description 0: the built-in default. */
                readonly version: number
                readonly changedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string | null
                /** @description Why it was changed; null if no reason was stated. */
                readonly reason: string | null
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
  readonly '/session-policies': {
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
                /** @description Silence that counts, in ms; a shorter one is ignored. */
                readonly silenceMs: number
                /** @description Silences in a row after which the last part is repeated; after one more the call ends. */
                readonly silencesMax: number
                /** @description Turns in a row that are not understood before the call is handed over. */
                readonly unknownTurnsMax: number
                /** @description What follows then: transfer (to an agent) or end. */
                readonly onUnknown: string
                /** @description Duration after which the call is ended, in ms. */
                readonly totalMs: number
                /** @description How often an interrupted required part is repeated before an agent takes over. */
                readonly repeatsMax: number
                /** @description What follows an objection that the template does not answer: transfer or continue. */
                readonly withoutAnswer: string
                /** @description Minimum number of calls in which a part was said before a revision of it is proposed. */
                readonly confusionCalls: number
                /** @description A revision is proposed if the share of callers whom the part confuses is surely higher (95 % interval). */
                readonly confusionShare: number
                /** @description 0: the built-in default. */
                readonly version: number
                readonly changedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string | null
                /** @description Why it was changed; null if no reason was stated. */
                readonly reason: string | null
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
  readonly '/session-policies/{name}': {
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
              /** @description Silence that counts, in ms; a shorter one is ignored. */
              readonly silenceMs: number
              /** @description Silences in a row after which the last part is repeated; after one more the call ends. */
              readonly silencesMax: number
              /** @description Turns in a row that are not understood before the call is handed over. */
              readonly unknownTurnsMax: number
              /** @description What follows then: transfer (to an agent) or end. */
              readonly onUnknown: string
              /** @description Duration after which the call is ended, in ms. */
              readonly totalMs: number
              /** @description How often an interrupted required part is repeated before an agent takes over. */
              readonly repeatsMax: number
              /** @description What follows an objection that the template does not answer: transfer or continue. */
              readonly withoutAnswer: string
              /** @description Minimum number of calls in which a part was said before a revision of it is proposed. */
              readonly confusionCalls: number
              /** @description A revision is proposed if the share of callers whom the part confuses is surely higher (95 % interval). */
              readonly confusionShare: number
              /** @description 0: the built-in default. */
              readonly version: number
              readonly changedBy: string | null
              /**
               * Format: date-time
               * @description ISO 8601, UTC.
               */
              readonly changedAt: string | null
              /** @description Why it was changed; null if no reason was stated. */
              readonly reason: string | null
              /** @description All edited versions, newest first. */
              readonly history: readonly {
                readonly name: string
                /** @description Silence that counts, in ms; a shorter one is ignored. */
                readonly silenceMs: number
                /** @description Silences in a row after which the last part is repeated; after one more the call ends. */
                readonly silencesMax: number
                /** @description Turns in a row that are not understood before the call is handed over. */
                readonly unknownTurnsMax: number
                /** @description What follows then: transfer (to an agent) or end. */
                readonly onUnknown: string
                /** @description Duration after which the call is ended, in ms. */
                readonly totalMs: number
                /** @description How often an interrupted required part is repeated before an agent takes over. */
                readonly repeatsMax: number
                /** @description What follows an objection that the template does not answer: transfer or continue. */
                readonly withoutAnswer: string
                /** @description Minimum number of calls in which a part was said before a revision of it is proposed. */
                readonly confusionCalls: number
                /** @description A revision is proposed if the share of callers whom the part confuses is surely higher (95 % interval). */
                readonly confusionShare: number
                /** @description 0: the built-in default. */
                readonly version: number
                readonly changedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string | null
                /** @description Why it was changed; null if no reason was stated. */
                readonly reason: string | null
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
              /** @description Version of the dictionary. */
              readonly version: number
              readonly items: readonly {
                readonly id: string
                readonly name: string
                /** @description One of the categories of contact persons' interests. */
                readonly category: string
                /** @description Field of activity of the organisations that it applies to; null: all. */
                readonly fieldOfActivity: string | null
                /** @description Segment of the organisations that it applies to; null: all. */
                readonly segment: string | null
                /** @description Whether it is no longer shown. */
                readonly retired: boolean
                /** @description Version of the dictionary with the last change; 0: the built-in default. */
                readonly version: number
                readonly changedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string | null
                /** @description Why it was changed; null if no reason was stated. */
                readonly reason: string | null
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
              /** @description Field of activity of the organisations that it applies to; null: all. */
              readonly fieldOfActivity: string | null
              /** @description Segment of the organisations that it applies to; null: all. */
              readonly segment: string | null
              /** @description Whether it is no longer shown. */
              readonly retired: boolean
              /** @description Version of the dictionary with the last change; 0: the built-in default. */
              readonly version: number
              readonly changedBy: string | null
              /**
               * Format: date-time
               * @description ISO 8601, UTC.
               */
              readonly changedAt: string | null
              /** @description Why it was changed; null if no reason was stated. */
              readonly reason: string | null
              /** @description All edited versions, newest first. */
              readonly history: readonly {
                readonly id: string
                readonly name: string
                /** @description One of the categories of contact persons' interests. */
                readonly category: string
                /** @description Field of activity of the organisations that it applies to; null: all. */
                readonly fieldOfActivity: string | null
                /** @description Segment of the organisations that it applies to; null: all. */
                readonly segment: string | null
                /** @description Whether it is no longer shown. */
                readonly retired: boolean
                /** @description Version of the dictionary with the last change; 0: the built-in default. */
                readonly version: number
                readonly changedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string | null
                /** @description Why it was changed; null if no reason was stated. */
                readonly reason: string | null
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
              /** @description Version of the dictionary. */
              readonly version: number
              readonly items: readonly {
                readonly id: string
                readonly name: string
                readonly description: string
                /** @description Product that has it; null: all products. */
                readonly product: string | null
                /** @description Ids of the needs that it answers. */
                readonly needs: readonly string[]
                /** @description What to say, by stage of the funnel. */
                readonly advice: {
                  readonly [key: string]: string
                }
                /** @description Whether it is no longer recommended. */
                readonly retired: boolean
                /** @description Version of the dictionary with the last change; 0: the built-in default. */
                readonly version: number
                readonly changedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string | null
                /** @description Why it was changed; null if no reason was stated. */
                readonly reason: string | null
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
              /** @description Product that has it; null: all products. */
              readonly product: string | null
              /** @description Ids of the needs that it answers. */
              readonly needs: readonly string[]
              /** @description What to say, by stage of the funnel. */
              readonly advice: {
                readonly [key: string]: string
              }
              /** @description Whether it is no longer recommended. */
              readonly retired: boolean
              /** @description Version of the dictionary with the last change; 0: the built-in default. */
              readonly version: number
              readonly changedBy: string | null
              /**
               * Format: date-time
               * @description ISO 8601, UTC.
               */
              readonly changedAt: string | null
              /** @description Why it was changed; null if no reason was stated. */
              readonly reason: string | null
              /** @description All edited versions, newest first. */
              readonly history: readonly {
                readonly id: string
                readonly name: string
                readonly description: string
                /** @description Product that has it; null: all products. */
                readonly product: string | null
                /** @description Ids of the needs that it answers. */
                readonly needs: readonly string[]
                /** @description What to say, by stage of the funnel. */
                readonly advice: {
                  readonly [key: string]: string
                }
                /** @description Whether it is no longer recommended. */
                readonly retired: boolean
                /** @description Version of the dictionary with the last change; 0: the built-in default. */
                readonly version: number
                readonly changedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string | null
                /** @description Why it was changed; null if no reason was stated. */
                readonly reason: string | null
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
  readonly '/release-gates': {
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
                /** @description Minimum number of labelled rows that it is measured on. */
                readonly labelsMin: number
                /** @description By how much its loss must be below that of the model in use, at the upper end of the interval. */
                readonly lossMarginMin: number
                /** @description Confidence of the interval of the difference in loss. */
                readonly confidence: number
                /** @description Largest calibration error; null: no bound. */
                readonly calibrationErrorMax: number | null
                /** @description By how much its loss in any group of a protected attribute may be above that of the model in use; null: no bound. */
                readonly groupLossRiseMax: number | null
                /** @description Smaller groups are not judged. */
                readonly groupRowsMin: number
                /** @description Longest time to score a row in a batch, ms; null: no bound. */
                readonly rowMsMax: number | null
                /** @description Largest population stability index between its scores and those in use for the same subjects; null: no bound. */
                readonly scoreShiftMax: number | null
                /** @description Largest share of customers whom it would move across the threshold; above it the model is held. null: no bound. */
                readonly movedShareMax: number | null
                /** @description Threshold for `movedShareMax`; null: that of the task, or 0.5 if it has none. */
                readonly threshold: number | null
                /** @description Number of labels of its own live scores from which the live bounds apply. */
                readonly liveLabelsMin: number
                /** @description By how much its loss on its newest live labels may be above the loss at release before the former model returns; null: no bound. */
                readonly liveLossRiseMax: number | null
                /** @description Lowest AUC on its newest live labels before the former model returns; null: no bound. */
                readonly liveAucMin: number | null
                /** @description By how much the population stability index of an input may rise after the release before monitoring warns; null: no bound. */
                readonly inputShiftMax: number | null
                /** @description By how much the share of missing values of an input may rise after the release before monitoring warns; null: no bound. */
                readonly missingRiseMax: number | null
                /** @description By how much the population stability index of the scores may rise after the release before monitoring warns; null: no bound. */
                readonly liveScoreShiftMax: number | null
                /** @description Days of event time since the newest row that the model in use learned from above which monitoring warns; null: no bound. */
                readonly ageDaysMax: number | null
                /** @description 0: the built-in default. */
                readonly version: number
                readonly changedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string | null
                /** @description Why it was changed; null if no reason was stated. */
                readonly reason: string | null
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
  readonly '/release-gates/{task}': {
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
              /** @description Minimum number of labelled rows that it is measured on. */
              readonly labelsMin: number
              /** @description By how much its loss must be below that of the model in use, at the upper end of the interval. */
              readonly lossMarginMin: number
              /** @description Confidence of the interval of the difference in loss. */
              readonly confidence: number
              /** @description Largest calibration error; null: no bound. */
              readonly calibrationErrorMax: number | null
              /** @description By how much its loss in any group of a protected attribute may be above that of the model in use; null: no bound. */
              readonly groupLossRiseMax: number | null
              /** @description Smaller groups are not judged. */
              readonly groupRowsMin: number
              /** @description Longest time to score a row in a batch, ms; null: no bound. */
              readonly rowMsMax: number | null
              /** @description Largest population stability index between its scores and those in use for the same subjects; null: no bound. */
              readonly scoreShiftMax: number | null
              /** @description Largest share of customers whom it would move across the threshold; above it the model is held. null: no bound. */
              readonly movedShareMax: number | null
              /** @description Threshold for `movedShareMax`; null: that of the task, or 0.5 if it has none. */
              readonly threshold: number | null
              /** @description Number of labels of its own live scores from which the live bounds apply. */
              readonly liveLabelsMin: number
              /** @description By how much its loss on its newest live labels may be above the loss at release before the former model returns; null: no bound. */
              readonly liveLossRiseMax: number | null
              /** @description Lowest AUC on its newest live labels before the former model returns; null: no bound. */
              readonly liveAucMin: number | null
              /** @description By how much the population stability index of an input may rise after the release before monitoring warns; null: no bound. */
              readonly inputShiftMax: number | null
              /** @description By how much the share of missing values of an input may rise after the release before monitoring warns; null: no bound. */
              readonly missingRiseMax: number | null
              /** @description By how much the population stability index of the scores may rise after the release before monitoring warns; null: no bound. */
              readonly liveScoreShiftMax: number | null
              /** @description Days of event time since the newest row that the model in use learned from above which monitoring warns; null: no bound. */
              readonly ageDaysMax: number | null
              /** @description 0: the built-in default. */
              readonly version: number
              readonly changedBy: string | null
              /**
               * Format: date-time
               * @description ISO 8601, UTC.
               */
              readonly changedAt: string | null
              /** @description Why it was changed; null if no reason was stated. */
              readonly reason: string | null
              /** @description All edited versions, newest first. */
              readonly history: readonly {
                readonly task: string
                /** @description Minimum number of labelled rows that it is measured on. */
                readonly labelsMin: number
                /** @description By how much its loss must be below that of the model in use, at the upper end of the interval. */
                readonly lossMarginMin: number
                /** @description Confidence of the interval of the difference in loss. */
                readonly confidence: number
                /** @description Largest calibration error; null: no bound. */
                readonly calibrationErrorMax: number | null
                /** @description By how much its loss in any group of a protected attribute may be above that of the model in use; null: no bound. */
                readonly groupLossRiseMax: number | null
                /** @description Smaller groups are not judged. */
                readonly groupRowsMin: number
                /** @description Longest time to score a row in a batch, ms; null: no bound. */
                readonly rowMsMax: number | null
                /** @description Largest population stability index between its scores and those in use for the same subjects; null: no bound. */
                readonly scoreShiftMax: number | null
                /** @description Largest share of customers whom it would move across the threshold; above it the model is held. null: no bound. */
                readonly movedShareMax: number | null
                /** @description Threshold for `movedShareMax`; null: that of the task, or 0.5 if it has none. */
                readonly threshold: number | null
                /** @description Number of labels of its own live scores from which the live bounds apply. */
                readonly liveLabelsMin: number
                /** @description By how much its loss on its newest live labels may be above the loss at release before the former model returns; null: no bound. */
                readonly liveLossRiseMax: number | null
                /** @description Lowest AUC on its newest live labels before the former model returns; null: no bound. */
                readonly liveAucMin: number | null
                /** @description By how much the population stability index of an input may rise after the release before monitoring warns; null: no bound. */
                readonly inputShiftMax: number | null
                /** @description By how much the share of missing values of an input may rise after the release before monitoring warns; null: no bound. */
                readonly missingRiseMax: number | null
                /** @description By how much the population stability index of the scores may rise after the release before monitoring warns; null: no bound. */
                readonly liveScoreShiftMax: number | null
                /** @description Days of event time since the newest row that the model in use learned from above which monitoring warns; null: no bound. */
                readonly ageDaysMax: number | null
                /** @description 0: the built-in default. */
                readonly version: number
                readonly changedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string | null
                /** @description Why it was changed; null if no reason was stated. */
                readonly reason: string | null
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
  readonly '/trusted-sources': {
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
                /** @description Sources of outcomes whose labels are trained on; an empty list: every source. */
                readonly sources: readonly string[]
                /** @description Sources whose newest labels are the reference of the promotion gate: a challenger that is worse on them is not released, and `sourceShareMax` does not apply to them; an empty list: none. */
                readonly referenceSources: readonly string[]
                /** @description Maximum share of the training labels that one source may hold; without reference sources no less than an equal share of each. */
                readonly sourceShareMax: number
                /** @description Maximum share of the training labels that one reviewer may hold; labels without a reviewer are not limited. */
                readonly reviewerShareMax: number
                /** @description The labels of a source or reviewer that became known in a week are held for a person if their mean differs from the usual one by more than this. */
                readonly rateDifferenceMax: number
                /** @description 0: the built-in default. */
                readonly version: number
                readonly changedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string | null
                /** @description Why it was changed; null if no reason was stated. */
                readonly reason: string | null
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
  readonly '/trusted-sources/{task}': {
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
              /** @description Sources of outcomes whose labels are trained on; an empty list: every source. */
              readonly sources: readonly string[]
              /** @description Sources whose newest labels are the reference of the promotion gate: a challenger that is worse on them is not released, and `sourceShareMax` does not apply to them; an empty list: none. */
              readonly referenceSources: readonly string[]
              /** @description Maximum share of the training labels that one source may hold; without reference sources no less than an equal share of each. */
              readonly sourceShareMax: number
              /** @description Maximum share of the training labels that one reviewer may hold; labels without a reviewer are not limited. */
              readonly reviewerShareMax: number
              /** @description The labels of a source or reviewer that became known in a week are held for a person if their mean differs from the usual one by more than this. */
              readonly rateDifferenceMax: number
              /** @description 0: the built-in default. */
              readonly version: number
              readonly changedBy: string | null
              /**
               * Format: date-time
               * @description ISO 8601, UTC.
               */
              readonly changedAt: string | null
              /** @description Why it was changed; null if no reason was stated. */
              readonly reason: string | null
              /** @description All edited versions, newest first. */
              readonly history: readonly {
                readonly task: string
                /** @description Sources of outcomes whose labels are trained on; an empty list: every source. */
                readonly sources: readonly string[]
                /** @description Sources whose newest labels are the reference of the promotion gate: a challenger that is worse on them is not released, and `sourceShareMax` does not apply to them; an empty list: none. */
                readonly referenceSources: readonly string[]
                /** @description Maximum share of the training labels that one source may hold; without reference sources no less than an equal share of each. */
                readonly sourceShareMax: number
                /** @description Maximum share of the training labels that one reviewer may hold; labels without a reviewer are not limited. */
                readonly reviewerShareMax: number
                /** @description The labels of a source or reviewer that became known in a week are held for a person if their mean differs from the usual one by more than this. */
                readonly rateDifferenceMax: number
                /** @description 0: the built-in default. */
                readonly version: number
                readonly changedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string | null
                /** @description Why it was changed; null if no reason was stated. */
                readonly reason: string | null
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
  readonly '/explorations': {
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
                /** @description Share of the subjects below the threshold; 0: none. */
                readonly share: number
                /** @description Subjects with a lower estimate are never explored. */
                readonly estimateMin: number
                /** @description Another seed draws other subjects. */
                readonly seed: number
                /** @description Who approved the share, and where that is on record; required above 0.02. */
                readonly approval: string | null
                /** @description 0: the built-in default. */
                readonly version: number
                readonly changedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string | null
                /** @description Why it was changed; null if no reason was stated. */
                readonly reason: string | null
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
  readonly '/explorations/{task}': {
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
              /** @description Share of the subjects below the threshold; 0: none. */
              readonly share: number
              /** @description Subjects with a lower estimate are never explored. */
              readonly estimateMin: number
              /** @description Another seed draws other subjects. */
              readonly seed: number
              /** @description Who approved the share, and where that is on record; required above 0.02. */
              readonly approval: string | null
              /** @description 0: the built-in default. */
              readonly version: number
              readonly changedBy: string | null
              /**
               * Format: date-time
               * @description ISO 8601, UTC.
               */
              readonly changedAt: string | null
              /** @description Why it was changed; null if no reason was stated. */
              readonly reason: string | null
              /** @description All edited versions, newest first. */
              readonly history: readonly {
                readonly task: string
                /** @description Share of the subjects below the threshold; 0: none. */
                readonly share: number
                /** @description Subjects with a lower estimate are never explored. */
                readonly estimateMin: number
                /** @description Another seed draws other subjects. */
                readonly seed: number
                /** @description Who approved the share, and where that is on record; required above 0.02. */
                readonly approval: string | null
                /** @description 0: the built-in default. */
                readonly version: number
                readonly changedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string | null
                /** @description Why it was changed; null if no reason was stated. */
                readonly reason: string | null
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
                /** @description Topics that it sends: alerts, potential-customers, model-acts. */
                readonly topics: readonly string[]
                /** @description Kinds of alerts that it sends; empty: all. */
                readonly alertKinds: readonly string[]
                /** @description Whether it also sends that an alert no longer holds. */
                readonly withdrawals: boolean
                /** @description Target of a channel of the kind webhook. */
                readonly webhook: {
                  readonly url: string
                  /** @description Names of secrets, never the secrets themselves: the variable `DELIVERY_SECRET_<NAME>`, or a file of that name in `DELIVERY_SECRETS_DIRECTORY`. A message is signed with each of them, so that a new secret can overlap with the old one. */
                  readonly secrets: readonly string[]
                } | null
                /** @description Target of a channel of the kind email. */
                readonly email: {
                  readonly to: readonly string[]
                  /** @description Interval of digest mails in minutes; no mail if there is nothing to report. */
                  readonly digestMinutes: number | null
                  /** @description Time of a daily digest mail; no mail if there is nothing to report. */
                  readonly digestAt: string | null
                  /** @description Time zone of `digestAt` and of the times in mails. */
                  readonly timeZone: string
                } | null
                /** @description Whether nothing is sent any more. */
                readonly retired: boolean
                /** @description 0: the built-in default. */
                readonly version: number
                readonly changedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string | null
                /** @description Why it was changed; null if no reason was stated. */
                readonly reason: string | null
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
              /** @description Topics that it sends: alerts, potential-customers, model-acts. */
              readonly topics: readonly string[]
              /** @description Kinds of alerts that it sends; empty: all. */
              readonly alertKinds: readonly string[]
              /** @description Whether it also sends that an alert no longer holds. */
              readonly withdrawals: boolean
              /** @description Target of a channel of the kind webhook. */
              readonly webhook: {
                readonly url: string
                /** @description Names of secrets, never the secrets themselves: the variable `DELIVERY_SECRET_<NAME>`, or a file of that name in `DELIVERY_SECRETS_DIRECTORY`. A message is signed with each of them, so that a new secret can overlap with the old one. */
                readonly secrets: readonly string[]
              } | null
              /** @description Target of a channel of the kind email. */
              readonly email: {
                readonly to: readonly string[]
                /** @description Interval of digest mails in minutes; no mail if there is nothing to report. */
                readonly digestMinutes: number | null
                /** @description Time of a daily digest mail; no mail if there is nothing to report. */
                readonly digestAt: string | null
                /** @description Time zone of `digestAt` and of the times in mails. */
                readonly timeZone: string
              } | null
              /** @description Whether nothing is sent any more. */
              readonly retired: boolean
              /** @description 0: the built-in default. */
              readonly version: number
              readonly changedBy: string | null
              /**
               * Format: date-time
               * @description ISO 8601, UTC.
               */
              readonly changedAt: string | null
              /** @description Why it was changed; null if no reason was stated. */
              readonly reason: string | null
              /** @description All edited versions, newest first. */
              readonly history: readonly {
                readonly name: string
                /**
                 * @description metric: counts in `scoreline_alerts_total`; topic: the topic `notifications`; email; webhook.
                 * @enum {string}
                 */
                readonly kind: 'metric' | 'topic' | 'email' | 'webhook'
                /** @description Topics that it sends: alerts, potential-customers, model-acts. */
                readonly topics: readonly string[]
                /** @description Kinds of alerts that it sends; empty: all. */
                readonly alertKinds: readonly string[]
                /** @description Whether it also sends that an alert no longer holds. */
                readonly withdrawals: boolean
                /** @description Target of a channel of the kind webhook. */
                readonly webhook: {
                  readonly url: string
                  /** @description Names of secrets, never the secrets themselves: the variable `DELIVERY_SECRET_<NAME>`, or a file of that name in `DELIVERY_SECRETS_DIRECTORY`. A message is signed with each of them, so that a new secret can overlap with the old one. */
                  readonly secrets: readonly string[]
                } | null
                /** @description Target of a channel of the kind email. */
                readonly email: {
                  readonly to: readonly string[]
                  /** @description Interval of digest mails in minutes; no mail if there is nothing to report. */
                  readonly digestMinutes: number | null
                  /** @description Time of a daily digest mail; no mail if there is nothing to report. */
                  readonly digestAt: string | null
                  /** @description Time zone of `digestAt` and of the times in mails. */
                  readonly timeZone: string
                } | null
                /** @description Whether nothing is sent any more. */
                readonly retired: boolean
                /** @description 0: the built-in default. */
                readonly version: number
                readonly changedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string | null
                /** @description Why it was changed; null if no reason was stated. */
                readonly reason: string | null
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
  readonly '/webhook-sources': {
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
                 * @description How a request is verified. `standard_webhooks`: Standard Webhooks. `hubspot_v3`: HMAC-SHA256 of method, address, body and time. `hmac_body`: HMAC of the body in a header. `token`: a secret in a header or in the payload, which signs nothing.
                 * @enum {string}
                 */
                readonly scheme: 'standard_webhooks' | 'hubspot_v3' | 'hmac_body' | 'token'
                /** @description Names of secrets, never the secrets themselves: the variable `WEBHOOK_SECRET_<NAME>`, or a file of that name in `WEBHOOK_SECRETS_DIRECTORY`. A request that one of them verifies is accepted, so that a new secret can overlap with the old one. */
                readonly secrets: readonly string[]
                /** @description Maximum difference between the signed time and the clock, in seconds. */
                readonly toleranceS: number
                /** @description Public address of the webhook, exactly as the sender knows it; the scheme `hubspot_v3` signs it. */
                readonly url: string | null
                /** @description Header with the signature or the token; null: X-Signature for `hmac_body`, none for `token`. */
                readonly signatureHeader: string | null
                /**
                 * @description Hash function of `hmac_body`.
                 * @enum {string}
                 */
                readonly algorithm: 'sha256' | 'sha1'
                /**
                 * @description Encoding of the signature of `hmac_body`.
                 * @enum {string}
                 */
                readonly encoding: 'base64' | 'hex'
                /** @description Field of the payload with the token of the scheme `token`. */
                readonly tokenField: string | null
                /** @description Field of the payload with the time at which it was sent, for schemes that sign no time of their own; null: requests of any age are accepted. */
                readonly timeField: string | null
                /** @description Field of the payload that identifies the delivery; null: the header webhook-id of Standard Webhooks, or the hash of the body. */
                readonly idField: string | null
                /** @description JSONata expression that maps a payload to `{"topic", "event"}`, a list of them, or nothing. */
                readonly mapping: string
                /** @description Whether its webhooks are no longer accepted. */
                readonly retired: boolean
                /** @description 0: the built-in default. */
                readonly version: number
                readonly changedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string | null
                /** @description Why it was changed; null if no reason was stated. */
                readonly reason: string | null
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
  readonly '/webhook-sources/{name}': {
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
               * @description How a request is verified. `standard_webhooks`: Standard Webhooks. `hubspot_v3`: HMAC-SHA256 of method, address, body and time. `hmac_body`: HMAC of the body in a header. `token`: a secret in a header or in the payload, which signs nothing.
               * @enum {string}
               */
              readonly scheme: 'standard_webhooks' | 'hubspot_v3' | 'hmac_body' | 'token'
              /** @description Names of secrets, never the secrets themselves: the variable `WEBHOOK_SECRET_<NAME>`, or a file of that name in `WEBHOOK_SECRETS_DIRECTORY`. A request that one of them verifies is accepted, so that a new secret can overlap with the old one. */
              readonly secrets: readonly string[]
              /** @description Maximum difference between the signed time and the clock, in seconds. */
              readonly toleranceS: number
              /** @description Public address of the webhook, exactly as the sender knows it; the scheme `hubspot_v3` signs it. */
              readonly url: string | null
              /** @description Header with the signature or the token; null: X-Signature for `hmac_body`, none for `token`. */
              readonly signatureHeader: string | null
              /**
               * @description Hash function of `hmac_body`.
               * @enum {string}
               */
              readonly algorithm: 'sha256' | 'sha1'
              /**
               * @description Encoding of the signature of `hmac_body`.
               * @enum {string}
               */
              readonly encoding: 'base64' | 'hex'
              /** @description Field of the payload with the token of the scheme `token`. */
              readonly tokenField: string | null
              /** @description Field of the payload with the time at which it was sent, for schemes that sign no time of their own; null: requests of any age are accepted. */
              readonly timeField: string | null
              /** @description Field of the payload that identifies the delivery; null: the header webhook-id of Standard Webhooks, or the hash of the body. */
              readonly idField: string | null
              /** @description JSONata expression that maps a payload to `{"topic", "event"}`, a list of them, or nothing. */
              readonly mapping: string
              /** @description Whether its webhooks are no longer accepted. */
              readonly retired: boolean
              /** @description 0: the built-in default. */
              readonly version: number
              readonly changedBy: string | null
              /**
               * Format: date-time
               * @description ISO 8601, UTC.
               */
              readonly changedAt: string | null
              /** @description Why it was changed; null if no reason was stated. */
              readonly reason: string | null
              /** @description All edited versions, newest first. */
              readonly history: readonly {
                readonly name: string
                /**
                 * @description How a request is verified. `standard_webhooks`: Standard Webhooks. `hubspot_v3`: HMAC-SHA256 of method, address, body and time. `hmac_body`: HMAC of the body in a header. `token`: a secret in a header or in the payload, which signs nothing.
                 * @enum {string}
                 */
                readonly scheme: 'standard_webhooks' | 'hubspot_v3' | 'hmac_body' | 'token'
                /** @description Names of secrets, never the secrets themselves: the variable `WEBHOOK_SECRET_<NAME>`, or a file of that name in `WEBHOOK_SECRETS_DIRECTORY`. A request that one of them verifies is accepted, so that a new secret can overlap with the old one. */
                readonly secrets: readonly string[]
                /** @description Maximum difference between the signed time and the clock, in seconds. */
                readonly toleranceS: number
                /** @description Public address of the webhook, exactly as the sender knows it; the scheme `hubspot_v3` signs it. */
                readonly url: string | null
                /** @description Header with the signature or the token; null: X-Signature for `hmac_body`, none for `token`. */
                readonly signatureHeader: string | null
                /**
                 * @description Hash function of `hmac_body`.
                 * @enum {string}
                 */
                readonly algorithm: 'sha256' | 'sha1'
                /**
                 * @description Encoding of the signature of `hmac_body`.
                 * @enum {string}
                 */
                readonly encoding: 'base64' | 'hex'
                /** @description Field of the payload with the token of the scheme `token`. */
                readonly tokenField: string | null
                /** @description Field of the payload with the time at which it was sent, for schemes that sign no time of their own; null: requests of any age are accepted. */
                readonly timeField: string | null
                /** @description Field of the payload that identifies the delivery; null: the header webhook-id of Standard Webhooks, or the hash of the body. */
                readonly idField: string | null
                /** @description JSONata expression that maps a payload to `{"topic", "event"}`, a list of them, or nothing. */
                readonly mapping: string
                /** @description Whether its webhooks are no longer accepted. */
                readonly retired: boolean
                /** @description 0: the built-in default. */
                readonly version: number
                readonly changedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string | null
                /** @description Why it was changed; null if no reason was stated. */
                readonly reason: string | null
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
  readonly '/settings': {
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
                readonly kind: string
                /** @description Path of its settings in this API. */
                readonly path: string
                /** @description Field that names a single setting. */
                readonly key: string
                readonly description: string
                /** @description Fields of a setting that an edit states. */
                readonly fields: readonly string[]
                /** @description Whether settings can be added. */
                readonly open: boolean
                /** @description How many of its settings people have set. */
                readonly changed: number
                /** @description Who made the latest change; null if there is none. */
                readonly changedBy: string | null
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly changedAt: string | null
                /** @description Reason for the latest change; null if none was stated. */
                readonly reason: string | null
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
  readonly '/changes': {
    readonly parameters: {
      readonly query?: never
      readonly header?: never
      readonly path?: never
      readonly cookie?: never
    }
    readonly get: {
      readonly parameters: {
        readonly query?: {
          /** @description Name of the setting, `redrive`, `model`, `api-key`, `personal-data` or `customer-merge`. */
          readonly kind?: string
          /** @description Key of the setting, place of the record, task of the model, name of the API key, digest of the person’s id, or merged customer. */
          readonly subject?: string
          readonly changedBy?: string
          /** @description Inclusive. */
          readonly since?: string
          /** @description Exclusive. */
          readonly until?: string
          readonly limit?: number
          /** @description The `next` of the previous page; 404 if it belongs to another list. */
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
                readonly id: string
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly occurredAt: string
                /** @description Name of the setting, `redrive`, `model`, `api-key`, `personal-data` or `customer-merge`. */
                readonly kind: string
                /** @description Key of the setting, place of the record, task of the model, name of the API key, digest of the person’s id, or merged customer. */
                readonly subject: string
                /** @description `set`, `redriven`, `created`, `revoked`, `export`, `erase`, `merged`, or the act on a model. */
                readonly act: string
                /** @description Version of the setting; null for everything else. */
                readonly version: number | null
                readonly modelId: string | null
                /** @description `scoreline`: the platform itself. */
                readonly changedBy: string
                /** @description null if no reason was stated. */
                readonly reason: string | null
                /** @description What was valid before: the setting, the live models, the key; null if nothing. */
                readonly before: unknown
                /** @description What is valid from then on; null if nothing. */
                readonly after: unknown
              }[]
              /** @description Send it as `after` to get the next page; null on the last page. */
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
      /** @description Unique per event; an event with a repeated id is a duplicate. */
      readonly id: string
      /**
       * Format: date-time
       * @description Event time.
       */
      readonly occurredAt: string
      /** @description The system that emitted the event, e.g. crm, core-banking, simulator. */
      readonly source: string
      /** @description potential-loan-customer, dormant-customer, invalid-visits, suspected-false-visits, policy-held, invalid-visit, suspected-false-visit. */
      readonly kind: string
      readonly customerId: string
      readonly subjectId: string
      /** @description Whether the alert is raised; false: it was withdrawn. */
      readonly raised: boolean
      readonly text: string
      readonly probability: number | null
      readonly threshold: number | null
      /** @description Reasons for the probability, the largest contribution first. */
      readonly reasons: readonly {
        readonly feature: string
        /** @description Value of the feature; null if unknown. */
        readonly value: number | null
        /** @description Contribution to the margin: the log-odds of a probability, or the estimate itself. */
        readonly contribution: number
        readonly words: string
      }[]
      /** @description null if unknown. */
      readonly customerName: string | null
    }
    /**
     * Priority
     * @description A list of opportunities to visit, the best first.
     */
    readonly priorities: {
      /** @description Unique per event; an event with a repeated id is a duplicate. */
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
      /** @description Salesperson, team, or `all`. */
      readonly owner: string
      /** @description The hundred best entries by probability and the hundred best by expected value, in order of probability. */
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
        /** @description Rank by probability, from 1, ties by smaller id; null if not among the hundred best. */
        readonly rank: number | null
        /** @description Rank by expected value, from 1, ties by higher probability and then by smaller id; null if not among the hundred best. */
        readonly valueRank: number | null
        /** @description Reasons for a visit; null if published by an older version. */
        readonly outlook: {
          /** @description Number of visits so far. */
          readonly visitCount: number
          /**
           * Format: date-time
           * @description Time of the last visit; null if never visited.
           */
          readonly lastVisitAt: string | null
          /** @description Change of the probability with the last visit; null if there was none before, or another model scored it. */
          readonly trend: number | null
          /** @description Whether the probability is the one assumed by the planning setting, because there was no visit yet. */
          readonly probabilityAssumed: boolean
          /** @description Value of the opportunity, in minor units of `currency`. */
          readonly worthMinor: number
          /**
           * @description Source of the value. told: from the CRM; converted: by the rate of the planning setting; assumed: no value, or no rate for its currency.
           * @enum {string}
           */
          readonly worthFrom: 'assumed' | 'told' | 'converted'
          /** @description Currency of the organisation. */
          readonly currency: string
          /** @description Factor for the time since the last visit and the time until the planned close. */
          readonly urgency: number
          /** @description probability × worth × urgency − cost of a visit, rounded to minor units of `currency`. */
          readonly expectedValueMinor: number
          /** @description Reasons in words for a salesperson. */
          readonly reasons: readonly string[]
          /** @description What to do next, for machines and for people. */
          readonly action: {
            /** @description Code as listed in docs/priorities.md. */
            readonly code: string
            readonly text: string
          }
        } | null
        /** @description null if unknown. */
        readonly customerName: string | null
      }[]
      /** @description Number of ranked open opportunities; the list may be shorter. */
      readonly openCount: number
    }
    /**
     * Assessment
     * @description The policy's verdict on the visits of an opportunity; published when it changes.
     */
    readonly assessments: {
      /** @description Unique per event; an event with a repeated id is a duplicate. */
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
      /** @description null if unknown. */
      readonly customerName: string | null
    }
    /**
     * VisitAssessment
     * @description The policy's verdict on one visit, from all evidence so far; published when it changes.
     */
    readonly 'visit-assessments': {
      /** @description Unique per event; an event with a repeated id is a duplicate. */
      readonly id: string
      /**
       * Format: date-time
       * @description Event time.
       */
      readonly occurredAt: string
      /** @description The system that emitted the event, e.g. crm, core-banking, simulator. */
      readonly source: string
      readonly visitId: string
      /** @description Revision of the visit record that was assessed. */
      readonly revision: number
      /** @description Whether the visit record was deleted; no evidence counts against it any more. */
      readonly withdrawn: boolean
      readonly customerId: string
      readonly opportunityId: string
      readonly salespersonId: string
      /**
       * Format: date-time
       * @description ISO 8601, UTC.
       */
      readonly visitedAt: string
      /** @enum {string} */
      readonly verdict: 'fine' | 'invalid' | 'suspected_false'
      /** @description Score that the visit did not happen as reported, 0 to 1: a weighted sum of evidence, or the probability of the released model. */
      readonly falseScore: number
      /** @description Score that the visit happened but moved nothing, 0 to 1: a weighted sum of evidence. */
      readonly invalidScore: number
      /** @description Evidence, the strongest first. */
      readonly evidence: readonly {
        /** @description Kind of evidence, as listed in docs/visits.md. */
        readonly kind: string
        /** @description Strength of the evidence, 0 to 1. */
        readonly score: number
        /** @description One sentence for a controller, with the figures. */
        readonly text: string
        /** @description Id of the other visit; null if the evidence is about one visit. */
        readonly with: string | null
      }[]
      /** @description Version of the policy that was applied; 0: the built-in default. */
      readonly policyVersion: number
      /** @description Id of the model that gave the false score as a probability; null: the weights of the policy. */
      readonly modelId: string | null
      /** @description Reasons of the model, the largest contribution first. */
      readonly reasons: readonly {
        readonly feature: string
        /** @description Value of the feature; null if unknown. */
        readonly value: number | null
        /** @description Contribution to the margin: the log-odds of a probability, or the estimate itself. */
        readonly contribution: number
        readonly words: string
      }[]
      /** @description Number of visits of the opportunity up to this one, when evidence was found; null if unknown. */
      readonly visitCount: number | null
      /** @description Conversion probability of the opportunity after the visit, when evidence was found; null if unknown. */
      readonly conversionProbability: number | null
      /** @description null if unknown. */
      readonly customerName: string | null
    }
    /**
     * Case
     * @description A visit under review, as it stands after a change. Event time is that of the change.
     */
    readonly cases: {
      /** @description Unique per event; an event with a repeated id is a duplicate. */
      readonly id: string
      /**
       * Format: date-time
       * @description Event time.
       */
      readonly occurredAt: string
      /** @description The system that emitted the event, e.g. crm, core-banking, simulator. */
      readonly source: string
      /** @description Id of the visit; each visit has one case at most. */
      readonly visitId: string
      readonly customerId: string
      readonly opportunityId: string
      readonly salespersonId: string
      /**
       * Format: date-time
       * @description ISO 8601, UTC.
       */
      readonly visitedAt: string
      /** @description Number of everything that happened to the case, refusals included. */
      readonly step: number
      /** @description Increases with every change except refusals; an act states the revision that it was made on. */
      readonly revision: number
      readonly status: string
      /** @description flagged by the policy, or sampled at random from visits that it does not object to. */
      readonly origin: string
      /** @description Probability that a visit like this gets a case. */
      readonly propensity: number
      /** @description Revision of the visit record that was assessed. */
      readonly visitRevision: number
      /** @enum {string} */
      readonly verdict: 'fine' | 'invalid' | 'suspected_false'
      readonly falseScore: number
      readonly invalidScore: number
      readonly evidence: readonly {
        /** @description Kind of evidence, as listed in docs/visits.md. */
        readonly kind: string
        /** @description Strength of the evidence, 0 to 1. */
        readonly score: number
        /** @description One sentence for a controller, with the figures. */
        readonly text: string
        /** @description Id of the other visit; null if the evidence is about one visit. */
        readonly with: string | null
      }[]
      readonly policyVersion: number
      readonly modelId: string | null
      /** @description Reasons of the model, the largest contribution first. */
      readonly reasons: readonly {
        readonly feature: string
        /** @description Value of the feature; null if unknown. */
        readonly value: number | null
        /** @description Contribution to the margin: the log-odds of a probability, or the estimate itself. */
        readonly contribution: number
        readonly words: string
      }[]
      /** @description As in the assessment. */
      readonly visitCount: number | null
      /** @description As in the assessment. */
      readonly conversionProbability: number | null
      /** @description Whether other evidence has come since the decision, so that the case may need reopening. */
      readonly newEvidence: boolean
      /**
       * Format: date-time
       * @description ISO 8601, UTC.
       */
      readonly openedAt: string
      /** @description Kind of the raised alert; null if there is none. */
      readonly alert: string | null
      /**
       * Format: date-time
       * @description When the alert was raised; null while it waits for the limits or is snoozed.
       */
      readonly alertedAt: string | null
      /**
       * Format: date-time
       * @description ISO 8601, UTC.
       */
      readonly snoozedUntil: string | null
      /**
       * Format: date-time
       * @description When a decision is due; null while there was no alert.
       */
      readonly dueAt: string | null
      readonly overdue: boolean
      /**
       * Format: date-time
       * @description When the case lapses if it is not decided.
       */
      readonly lapsesAt: string
      /** @description Whether two different people must decide alike. */
      readonly secondPerson: boolean
      readonly reviewer: string | null
      /** @description Latest recorded answer of the salesperson. */
      readonly answer: string | null
      readonly answeredBy: string | null
      /**
       * Format: date-time
       * @description ISO 8601, UTC.
       */
      readonly answeredAt: string | null
      /** @description confirmed, harmless or dismissed; while proposed, the decision of the first person. */
      readonly decision: string | null
      /** @description Claim that was decided on: false or invalid. */
      readonly claim: string | null
      /** @description Reason for the decision. */
      readonly note: string | null
      /** @description First of two people who must decide alike. */
      readonly proposedBy: string | null
      readonly decidedBy: string | null
      /**
       * Format: date-time
       * @description ISO 8601, UTC.
       */
      readonly decidedAt: string | null
      /** @description What was known at the decision, for training models; null if undecided, or decided by an older version. */
      readonly decidedOn: {
        readonly visitRevision: number
        readonly verdict: string
        readonly falseScore: number
        readonly invalidScore: number
        readonly evidence: readonly {
          readonly kind: string
          readonly score: number
          readonly text: string
          readonly with: string | null
        }[]
        readonly policyVersion: number
        readonly modelId: string | null
        readonly visitCount: number | null
        readonly conversionProbability: number | null
      } | null
      /**
       * Format: date-time
       * @description When a decided case is closed automatically.
       */
      readonly closesAt: string | null
      /** @description The latest change: what was done, by whom, and its effect. */
      readonly change: {
        /** @description An act of a person, or of the platform: opened, evidence, policy (another version, the same result), alerted, snoozed, overdue, withdrawn, reopened, closed, lapsed. */
        readonly kind: string
        /** @description Id of the act; null if the platform acted. */
        readonly actId: string | null
        /** @description Person who acted; null: the platform. */
        readonly by: string | null
        readonly note: string | null
        /** @description Why the act was refused and nothing has changed; null if it was not. */
        readonly refusal: string | null
        /** @description Fields before the change; null if the case was opened. */
        readonly before: {
          readonly status: string
          readonly reviewer: string | null
          readonly decision: string | null
          readonly claim: string | null
        } | null
        /** @description The same fields after the change. */
        readonly after: {
          readonly status: string
          readonly reviewer: string | null
          readonly decision: string | null
          readonly claim: string | null
        }
      }
      /** @description null if unknown. */
      readonly customerName: string | null
    }
    /**
     * Score
     * @description A model's probability or estimate, with everything that the model saw.
     */
    readonly scores: {
      /** @description Unique per event; an event with a repeated id is a duplicate. */
      readonly id: string
      /**
       * Format: date-time
       * @description Event time.
       */
      readonly occurredAt: string
      /** @description The system that emitted the event, e.g. crm, core-banking, simulator. */
      readonly source: string
      /** @description Task: conversion, loan-demand, call-conversion, … */
      readonly task: string
      /** @description Id of the opportunity or the customer. */
      readonly subjectId: string
      readonly customerId: string
      readonly opportunityId: string | null
      readonly salespersonId: string | null
      /** @description Number of visits of the opportunity so far; only for conversion. */
      readonly visitCount: number | null
      /** @description Probability or estimate; null if no model is released for the task. */
      readonly probability: number | null
      readonly modelId: string | null
      /** @description Why there is no probability. */
      readonly absent: string | null
      /** @description Name and version of the feature set that names the numbers of the row. */
      readonly featureSet: string
      /** @description When each line of the text was written; null if its lines have no times of their own. */
      readonly lineTimes: readonly string[] | null
      /** @description Topic of the record that caused the score; null for a sweep after a change of model or policy. */
      readonly inputTopic: string | null
      readonly inputPartition: number | null
      readonly inputOffset: number | null
      /** @description Id of the customer-features record whose values are the row; null if the row is in this record. */
      readonly featuresId: string | null
      /** @description Probability with which the task acts on a subject with this score: 1 from its threshold on, below it the explored share; null if unknown. */
      readonly propensity: number | null
      /** @description Whether the task acts on the subject, so that there will be a label; null if unknown. */
      readonly acted: boolean | null
      /** @description null if unknown. */
      readonly customerName: string | null
    }
  }
  responses: never
  parameters: never
  requestBodies: never
  headers: never
  pathItems: never
}
