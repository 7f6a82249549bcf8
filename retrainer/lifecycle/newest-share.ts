/** Share of the rows, the newest, held out from the training of challengers. */
export const NEWEST_SHARE = 0.25
