/** What to do next for an opportunity, by the codes of docs/priorities.md. */
export const actions = {
  'first-visit': 'Make the first visit.',
  'keep-promise': 'Do what was agreed on the last visit.',
  'ask-for-decision': 'The planned close has passed: ask for the decision, or correct the date.',
  'bring-offer': 'Bring the contract, ready to be signed.',
  'ask-what-changed': 'Ask what has changed: the last visit went worse than the one before.',
  'visit-this-week': 'Visit this week, while the interest is fresh.',
  'renew-contact': 'Renew the contact before it is lost.',
  reconsider: 'Decide whether to go on: many visits have moved little.',
  wait: 'Give it a few days: the last visit was just now.',
  'go-on': 'Visit in its turn.',
}
