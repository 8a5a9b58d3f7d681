/** Lets tests import a `.sql` file as text, as the bundler does for the stages. */
module.exports = {
  process: (text) => ({ code: `export default ${JSON.stringify(text)};` }),
};
