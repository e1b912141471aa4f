/** The same thing in several formats, by MIME type; a front end shows the richest that it knows. JSON types hold objects. */
export type MimeBundle = Readonly<Record<string, unknown>>;
