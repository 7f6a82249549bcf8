export const recommendations = {
  interests: 'Interests',
  noInterestsAreKnownYet: 'No interests are known yet.',
  whatToOffer: 'What to offer',
  stageOfTheSale: 'Stage of the sale',
  now: 'Now: {stage}',
  currentStage: 'Current stage',
  noOfferIsLikelyEnoughTo: 'No offer is likely enough to be accepted.',
  aPersonalInterestOfTheContacts: '{name} (a personal interest of the contacts)',
}
