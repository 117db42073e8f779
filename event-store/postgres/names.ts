/** Serialises appends of every process. 'GL' and a number of our own. */
export const ORDER_LOCK = 0x474c_0001

/** Serialises the creation of the schema. */
export const SCHEMA_LOCK = 0x474c_0002

/** Where NOTIFY tells of an append. */
export const CHANNEL = 'log_appended'
