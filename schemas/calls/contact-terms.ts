/** Purposes of contacting a customer. */
export const contactPurposes = ['marketing', 'service', 'collection'] as const
export type ContactPurpose = (typeof contactPurposes)[number]

/** Channels of a call: by a person, or by a machine that dials or speaks. */
export const callChannels = ['call', 'automated-call'] as const
export type CallChannel = (typeof callChannels)[number]

/** Channels that a customer may allow or forbid. */
export const contactChannels = [...callChannels, 'message', 'email'] as const

/** Forms of consent, the weakest first: implied by what the customer does, spoken, on a web page, on paper. */
export const consentForms = ['implied', 'oral', 'electronic', 'written'] as const
export type ConsentForm = (typeof consentForms)[number]

/** Kinds of days that calling hours distinguish. A public holiday is not a weekday. */
export const callDays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun', 'holiday'] as const
export type CallDay = (typeof callDays)[number]

/** Checks of a call, in the order in which a refusal names them: the longest-lasting obstacles first. */
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
