DELETE FROM found WHERE again
