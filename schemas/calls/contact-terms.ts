/** What a customer is contacted for. */
export const contactPurposes = ['marketing', 'service', 'collection'] as const
export type ContactPurpose = (typeof contactPurposes)[number]

/** How a customer is called: by a person, or by a machine that dials or speaks. */
export const callChannels = ['call', 'automated-call'] as const
export type CallChannel = (typeof callChannels)[number]

/** What a customer may allow or forbid. */
export const contactChannels = [...callChannels, 'message', 'email'] as const

/** How a consent was given, the weakest first: from what a customer does, in spoken words, on a page, on paper. */
export const consentForms = ['implied', 'oral', 'electronic', 'written'] as const
export type ConsentForm = (typeof consentForms)[number]

/** Days as the hours of calls know them. A public holiday is no weekday. */
export const callDays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun', 'holiday'] as const
export type CallDay = (typeof callDays)[number]

/** What a call is checked against, in the order in which a refusal names them: what lasts longest comes first. */
export const contactChecks = [
  'rules',
  'state',
  'customer',
  'campaign',
  'do-not-call',
  'consent',
  'attempts',
  'holiday',
  'hours',
] as const
export type ContactCheck = (typeof contactChecks)[number]
