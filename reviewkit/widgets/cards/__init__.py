"""Cards: questions to answer before looking, guesses, the page to choose, sentences to put in order."""
