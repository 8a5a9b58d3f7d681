/** A `.sql` file is imported as its text: the bundler inlines it, so that it is hashed and run with the stage. */
declare module '*.sql' {
  const text: string;
  export default text;
}
